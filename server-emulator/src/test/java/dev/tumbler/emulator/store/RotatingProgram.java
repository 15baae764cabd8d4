package dev.tumbler.emulator.store;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An emulator with a store that rotates a secret on a real database, and is killed at a step of it:
 * {@code STORE JDBC-URL SecretSubType STEP}. It does not end in peace: {@link Runtime#halt} runs no hook, as a signal does
 * not.
 */
final class RotatingProgram {
    /** How it ends when it was killed where it should be. */
    static final int KILLED = 42;

    /** The password of {@code orders} in the beginning. */
    static final String FIRST_PASSWORD = "First-pass-1";

    /** Where a rotation can be killed. */
    enum Step {
        /** The new password is stored, and nobody else has it. */
        BEFORE_APPLY,
        /** The database has it. */
        AFTER_APPLY,
        /** And lets it in. */
        AFTER_TEST_LOGIN,
        /** RotateSecret has been answered; with one account, its window is open. */
        AFTER_ANSWER
    }

    private RotatingProgram() {}

    public static void main(String[] args) throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder()
                .store(Path.of(args[0]))
                .singleAccountWindow(Duration.ofHours(1))
                .start()) {
            Step step = Step.valueOf(args[3]);
            Killing killing = new Killing(database(args[1]), step);
            kms.rds().attach("rm-1", killing);
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(KmsSdk.rdsSecret("orders/db", args[2], "rm-1", "orders", FIRST_PASSWORD));
            kms.events().listen(event -> {
                if (event instanceof SecretEvent.RotationFailed failed) {
                    System.out.println(failed.errorMessage());
                }
            });
            killing.armed = true;
            sdk.rotateSecret(
                    new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2"));
            if (step == Step.AFTER_ANSWER) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }

    private static RdsInstance database(String url) {
        return url.startsWith("jdbc:mariadb:")
                ? RdsInstance.jdbc(RdsEngine.MARIADB, url, RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD)
                : RdsInstance.jdbc(RdsEngine.POSTGRESQL, url, RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
    }

    /** A database that the emulator does not survive. */
    private static final class Killing extends ForwardingRdsInstance {
        private final Step step;
        private volatile boolean armed;

        Killing(RdsInstance rds, Step step) {
            super(rds);
            this.step = step;
        }

        @Override
        public void cloneAccount(String source, String clone, String password) {
            killAt(Step.BEFORE_APPLY);
            super.cloneAccount(source, clone, password);
            killAt(Step.AFTER_APPLY);
        }

        @Override
        public void resetPassword(String accountName, String newPassword) {
            killAt(Step.BEFORE_APPLY);
            super.resetPassword(accountName, newPassword);
            killAt(Step.AFTER_APPLY);
        }

        @Override
        public boolean acceptsLogin(String accountName, String password) {
            boolean accepted = super.acceptsLogin(accountName, password);
            killAt(Step.AFTER_TEST_LOGIN);
            return accepted;
        }

        private void killAt(Step reached) {
            if (armed && reached == step) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }
}
