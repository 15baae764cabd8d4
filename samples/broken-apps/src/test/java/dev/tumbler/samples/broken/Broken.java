package dev.tumbler.samples.broken;

import static dev.tumbler.testkit.drill.Finding.Defect.CONNECTIONS_NOT_RETIRED;
import static dev.tumbler.testkit.drill.Finding.Defect.NO_RETRY_AFTER_REFUSED_LOGIN;
import static dev.tumbler.testkit.drill.Finding.Defect.PASSWORD_KEPT_FOR_EVER;
import static dev.tumbler.testkit.drill.Finding.Defect.READS_SECRET_EACH_TIME;
import static dev.tumbler.testkit.drill.Finding.Defect.RETRIES_WITHOUT_BACKOFF;
import static dev.tumbler.testkit.drill.Finding.Defect.STALE_VALUE_IGNORED;

import dev.tumbler.testkit.drill.Finding.Defect;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An application, and what each of the two drills of {@link Battery} is to find wrong with it.
 *
 * @param name its class
 */
record Broken(String name, Battery.Start start, Set<Defect> withTwoAccounts, Set<Defect> withASingleAccount) {
    /** All of them. The two that log the password show nothing of it in a drill: that is for the leak guard. */
    static Stream<Broken> all() {
        return Stream.of(
                always("PasswordInAField", PasswordInAField::new, PASSWORD_KEPT_FOR_EVER),
                always("PasswordInPoolSettings", PasswordInPoolSettings::new, PASSWORD_KEPT_FOR_EVER),
                always("EndlessConnections", EndlessConnections::new, CONNECTIONS_NOT_RETIRED),
                always("ConnectionPerThread", ConnectionPerThread::new, CONNECTIONS_NOT_RETIRED),
                inWindows("RefusedOnce", RefusedOnce::new, NO_RETRY_AFTER_REFUSED_LOGIN),
                inWindows("RefusedAndWrapped", RefusedAndWrapped::new, NO_RETRY_AFTER_REFUSED_LOGIN),
                always("FiftyReadsAtOnce", FiftyReadsAtOnce::new, RETRIES_WITHOUT_BACKOFF),
                inWindows("LoginInALoop", LoginInALoop::new, RETRIES_WITHOUT_BACKOFF),
                always("ReadForEachQuery", ReadForEachQuery::new, READS_SECRET_EACH_TIME, STALE_VALUE_IGNORED),
                always("ReadToCompare", ReadToCompare::new, READS_SECRET_EACH_TIME, STALE_VALUE_IGNORED),
                always("ExpiredIsGone", ExpiredIsGone::new, STALE_VALUE_IGNORED),
                always("ErrorEmptiesTheCache", ErrorEmptiesTheCache::new, STALE_VALUE_IGNORED),
                always("AccountInTheLog", AccountInTheLog::new),
                always("PasswordInTheMessage", PasswordInTheMessage::new));
    }

    static Stream<Broken> named(String... names) {
        return all().filter(broken -> List.of(names).contains(broken.name));
    }

    private static Broken always(String name, Battery.Start start, Defect... defects) {
        return new Broken(name, start, Set.of(defects), Set.of(defects));
    }

    /** With two accounts nothing comes of it as long as the application reads now and then. */
    private static Broken inWindows(String name, Battery.Start start, Defect... defects) {
        return new Broken(name, start, Set.of(), Set.of(defects));
    }

    @Override
    public String toString() {
        return name;
    }
}
