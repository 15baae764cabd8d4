package dev.tumbler.samples.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.testkit.drill.DrillReport;
import dev.tumbler.testkit.leak.Leak;
import dev.tumbler.testkit.leak.LeakGuard;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a drill does not see, the leak guard does. */
@Timeout(120)
class LeakTest {
    static Stream<Broken> talkative() {
        return Broken.named("AccountInTheLog", "PasswordInTheMessage");
    }

    @ParameterizedTest
    @MethodSource("talkative")
    void guard_ofAnApplicationThatLogsThePassword_saysWhere(Broken broken) throws Exception {
        List<Leak> leaks = leaksOf(broken.start());

        assertThat(leaks).isNotEmpty().allSatisfy(leak -> {
            assertThat(leak.value()).startsWith("AccountPassword of \"orders/db\"");
            assertThat(leak.excerpt()).doesNotContain("First-pass-1");
        });
        assertThat(leaks).extracting(Leak::place).anyMatch(place -> place.contains(broken.name()));
    }

    @Test
    void guard_ofTheCorrectApplication_findsNothing() throws Exception {
        assertThat(leaksOf(CorrectApplication::new)).isEmpty();
    }

    private static List<Leak> leaksOf(Battery.Start start) throws Exception {
        try (LeakGuard guard = LeakGuard.start()) {
            DrillReport report = Battery.singleAccount(start, guard::watch);
            report.failures().forEach(failure -> guard.look(failure.cause()));
            return guard.leaks();
        }
    }
}
