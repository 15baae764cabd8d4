package dev.tumbler.emulator.rotation;

import dev.tumbler.emulator.rotation.RotationStep.CloneAccount;
import dev.tumbler.emulator.rotation.RotationStep.ResetPassword;
import org.jspecify.annotations.Nullable;

/**
 * Which account a rotation gives a new password.
 *
 * <p>Source: KMS, "ApsaraDB RDS secrets", Rotation strategies; API reference, CreateSecret, ExtendedConfig.
 */
public enum RotationStrategy {
    /** One account, whose password changes in place: what was read before no longer logs in. */
    SINGLE_ACCOUNT("SingleUser") {
        @Override
        public RotationStep next(String currentAccount, @Nullable String otherAccount) {
            return new ResetPassword(currentAccount);
        }
    },

    /**
     * Two accounts that take turns: the one that is not current gets a new password and becomes current, so the one
     * that applications use is never touched. The first rotation creates the second account if there is none yet.
     */
    DUAL_ACCOUNT("DoubleUsers") {
        @Override
        public RotationStep next(String currentAccount, @Nullable String otherAccount) {
            return otherAccount == null
                    ? new CloneAccount(currentAccount, currentAccount + CLONE_SUFFIX)
                    : new ResetPassword(otherAccount);
        }
    };

    /**
     * What the name of a created second account ends in. <em>Assumed</em> for RDS: documented for Redis and PolarDB
     * secrets ({@code CloneAccountName}).
     */
    public static final String CLONE_SUFFIX = "_clone";

    private final String secretSubType;

    RotationStrategy(String secretSubType) {
        this.secretSubType = secretSubType;
    }

    /** The service's name for it, {@code SecretSubType} in a secret's {@code ExtendedConfig}. */
    public String secretSubType() {
        return secretSubType;
    }

    /**
     * What the next rotation does.
     *
     * @param currentAccount the account of the current version
     * @param otherAccount the second account, if it is known to exist
     */
    public abstract RotationStep next(String currentAccount, @Nullable String otherAccount);
}
