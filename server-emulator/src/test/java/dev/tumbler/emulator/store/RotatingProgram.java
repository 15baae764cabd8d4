package dev.tumbler.emulator.store;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * An emulator with a store that rotates a secret on a real database, and is killed at a step of it:
 * {@code STORE JDBC-URL SecretSubType STEP}. It does not end in peace: {@link Runtime#halt} runs no hook, as a signal does
 * not.
 */
final class RotatingProgram {
    /** How it ends when it was killed where it should be. */
    static final int KILLED = 42;

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
            RdsInstance rds =
                    RdsInstance.jdbc(RdsEngine.POSTGRESQL, args[1], RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            Killing killing = new Killing(rds, step);
            kms.rds().attach("rm-1", killing);
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("orders/db")
                    .setVersionId("v1")
                    .setSecretType("Rds")
                    .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                    .setExtendedConfig(Map.of("SecretSubType", args[2], "DBInstanceId", "rm-1")));
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
