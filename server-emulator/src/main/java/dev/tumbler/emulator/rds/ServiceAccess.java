package dev.tumbler.emulator.rds;

/**
 * By what right the service acts on RDS instances: on the real one, a service-linked role of the account.
 *
 * <p>Source: KMS, "ApsaraDB RDS secrets".
 */
public interface ServiceAccess {
    /** For tests of the domain: the right is never in question. */
    ServiceAccess UNQUESTIONED = new ServiceAccess() {
        @Override
        public void establish() {}

        @Override
        public void require() {}
    };

    /** Makes sure that there is the right; called when a secret is created that needs it. */
    void establish();

    /**
     * Checks that the right is still there; called by each rotation.
     *
     * @throws RdsException with {@code PERMISSION_DENIED} if it was taken away
     */
    void require();
}
