package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.KmsSdk.Account;
import dev.tumbler.emulator.testing.RealPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A database is down for ten minutes while many secrets rotate on it, one after the other; those on another go on. Who was
 * due meanwhile is {@code Invalid} and healed by RotateSecret, and at no time does a current version not log in.
 */
class DatabaseOutageTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final String PASSWORD = "First-pass-1";

    @Test
    @Timeout(60)
    void instanceInMemory_downForTenMinutesOfAStorm_leavesEverySecretValid() throws Exception {
        InMemoryRdsInstance database = RdsInstance.inMemory(RdsEngine.POSTGRESQL);
        rideOut(database, database::stop, database::start, 60);
    }

    /** The database has the new password of an account, and cannot be asked whether it lets it in. */
    @Test
    @Timeout(60)
    void instanceInMemory_downInTheMiddleOfARotation_leavesEverySecretValid() throws Exception {
        InMemoryRdsInstance memory = RdsInstance.inMemory(RdsEngine.POSTGRESQL);
        DownAfterNextChange database = new DownAfterNextChange(memory);
        rideOut(database, () -> database.armed = true, memory::start, 60);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void realPostgres_stoppedForTenMinutesOfAStorm_leavesEverySecretValid() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance database = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            rideOut(database, postgres::goDown, postgres::goUp, 60);
        }
    }

    /** A secret is due every minute, for an hour; the outage is in the middle of it. */
    private static void rideOut(RdsInstance database, Event goesDown, Event goesUp, int secrets) throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder().clockFrozenAt(START).start()) {
            RdsInstance other = RdsInstance.inMemory(RdsEngine.MYSQL);
            kms.rds().attach("rm-storm", database);
            kms.rds().attach("rm-other", other);
            Client sdk = KmsSdk.connect(kms);
            List<Subject> subjects = new ArrayList<>();
            for (int i = 0; i < secrets; i++) {
                subjects.add(
                        create(sdk, "storm/" + i, "rm-storm", database, i % 2 == 0 ? "DoubleUsers" : "SingleUser"));
                if (i % 4 == 0) {
                    subjects.add(create(sdk, "other/" + i, "rm-other", other, "DoubleUsers"));
                }
                kms.clock().advance(STEP);
            }
            Instant down =
                    START.plus(INTERVAL).plus(STEP.multipliedBy(secrets / 2)).minusSeconds(1);
            Instant up = down.plus(OUTAGE);

            kms.clock().advanceTo(down);
            goesDown.happen();
            kms.clock().advanceTo(up);
            goesUp.happen();
            for (Subject subject : subjects) {
                subject.assertLogsIn(sdk);
            }
            kms.clock().advanceTo(START.plus(INTERVAL).plus(STEP.multipliedBy(secrets)));

            int invalid = 0;
            for (Subject subject : subjects) {
                subject.assertLogsIn(sdk);
                boolean missed =
                        subject.instance == database && subject.firstDue.isAfter(down) && !subject.firstDue.isAfter(up);
                DescribeSecretResponseBody secret = subject.describe(sdk);
                assertThat(secret.getAutomaticRotation())
                        .as("%s, due at %s", subject.name, subject.firstDue)
                        .isEqualTo(missed ? "Invalid" : "Enabled");
                assertThat(secret.getLastRotationDate())
                        .as("%s, due at %s", subject.name, subject.firstDue)
                        .isEqualTo(missed ? null : subject.firstDue.toString());
                if (missed) {
                    invalid++;
                    sdk.rotateSecret(new RotateSecretRequest()
                            .setSecretName(subject.name)
                            .setVersionId("healed"));
                    assertThat(subject.describe(sdk).getAutomaticRotation()).isEqualTo("Enabled");
                    subject.assertLogsIn(sdk);
                }
            }
            assertThat(invalid).isEqualTo(10);
            System.out.printf(
                    "%s was down for ten virtual minutes: of %d secrets %d were due meanwhile, and healed%n",
                    database.location(), secrets, invalid);

            kms.clock().advance(INTERVAL);
            for (Subject subject : subjects) {
                assertThat(subject.describe(sdk).getAutomaticRotation()).isEqualTo("Enabled");
                subject.assertLogsIn(sdk);
            }
        }
    }

    private static Subject create(
            Client sdk, String secretName, String dbInstanceId, RdsInstance instance, String subType) throws Exception {
        String accountName = secretName.replaceAll("\\W", "_");
        instance.createAccount(accountName, PASSWORD);
        sdk.createSecret(KmsSdk.rdsSecret(secretName, subType, dbInstanceId, accountName, PASSWORD)
                .setEnableAutomaticRotation(true)
                .setRotationInterval(INTERVAL.toHours() + "h"));
        Subject subject = new Subject(secretName, instance, Instant.EPOCH);
        return new Subject(
                secretName,
                instance,
                Instant.parse(subject.describe(sdk).getCreateTime()).plus(INTERVAL));
    }

    /** What happens to a database. */
    private interface Event {
        void happen() throws Exception;
    }

    /** A secret, where its accounts are, and when it has to rotate first. */
    private record Subject(String name, RdsInstance instance, Instant firstDue) {
        DescribeSecretResponseBody describe(Client sdk) throws Exception {
            return sdk.describeSecret(new DescribeSecretRequest().setSecretName(name))
                    .getBody();
        }

        void assertLogsIn(Client sdk) throws Exception {
            Account account = KmsSdk.account(KmsSdk.read(sdk, name, "ACSCurrent"));
            assertThat(instance.acceptsLogin(account.name(), account.password()))
                    .as("%s, due at %s, logs in", name, firstDue)
                    .isTrue();
        }
    }

    /** A database that stops after a change of a password, once it is armed. */
    private static final class DownAfterNextChange extends ForwardingRdsInstance {
        private final InMemoryRdsInstance memory;
        private volatile boolean armed;

        DownAfterNextChange(InMemoryRdsInstance memory) {
            super(memory);
            this.memory = memory;
        }

        @Override
        public void cloneAccount(String source, String clone, String password) {
            super.cloneAccount(source, clone, password);
            changed();
        }

        @Override
        public void resetPassword(String accountName, String newPassword) {
            super.resetPassword(accountName, newPassword);
            changed();
        }

        private void changed() {
            if (armed) {
                armed = false;
                memory.stop();
            }
        }
    }
}
