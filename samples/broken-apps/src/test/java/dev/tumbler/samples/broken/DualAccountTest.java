package dev.tumbler.samples.broken;

import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With two accounts. A class of its own, so that it runs beside {@link SingleAccountTest}. */
@Timeout(120)
class DualAccountTest {
    static Stream<Broken> shownHere() {
        return Broken.named(
                "PasswordInAField",
                "PasswordInPoolSettings",
                "EndlessConnections",
                "ConnectionPerThread",
                "ReadToCompare",
                "ExpiredIsGone");
    }

    @ParameterizedTest
    @MethodSource("shownHere")
    void drill_ofABrokenApplication_namesTheBug(Broken broken) throws Exception {
        requireNamed(broken);
    }

    @ParameterizedTest
    @MethodSource("dev.tumbler.samples.broken.Broken#all")
    @Tag("soak")
    void drill_ofEachBrokenApplication_namesTheBugIfItShows(Broken broken) throws Exception {
        requireNamed(broken);
    }

    private static void requireNamed(Broken broken) throws Exception {
        Battery.requireFindings(Battery.dualAccount(broken.start()), broken.withTwoAccounts());
    }

    @RepeatedTest(2)
    void drill_ofTheCorrectApplication_passes() throws Exception {
        Battery.dualAccount(CorrectApplication::new).assertSurvives();
    }

    @RepeatedTest(50)
    @Tag("soak")
    void drill_ofTheCorrectApplication_passes50Times() throws Exception {
        Battery.dualAccount(CorrectApplication::new).assertSurvives();
    }
}
