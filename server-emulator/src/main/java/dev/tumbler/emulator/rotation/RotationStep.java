package dev.tumbler.emulator.rotation;

import dev.tumbler.emulator.rds.RdsInstance;

/** What one rotation does to the database. Repeating a step with the same password is harmless. */
public sealed interface RotationStep {
    /** The account that the new password is for. */
    String accountName();

    /** Makes {@code newPassword} the password of the account. */
    void applyTo(RdsInstance instance, String newPassword);

    /** The account exists: change its password. */
    record ResetPassword(String accountName) implements RotationStep {
        @Override
        public void applyTo(RdsInstance instance, String newPassword) {
            instance.resetPassword(accountName, newPassword);
        }
    }

    /** The second account does not exist yet: create it with the permissions of the first. */
    record CloneAccount(String source, String accountName) implements RotationStep {
        @Override
        public void applyTo(RdsInstance instance, String newPassword) {
            instance.cloneAccount(source, accountName, newPassword);
        }
    }
}
