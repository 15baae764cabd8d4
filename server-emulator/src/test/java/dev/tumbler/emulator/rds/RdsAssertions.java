package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions that several tests of this package share. */
final class RdsAssertions {
    private RdsAssertions() {}

    static AbstractThrowableAssert<?, ? extends Throwable> assertRdsException(
            ThrowingCallable operation, RdsException.Reason reason) {
        return assertThatThrownBy(operation)
                .isInstanceOfSatisfying(
                        RdsException.class,
                        e -> Assertions.assertThat(e.reason())
                                .as(e.getMessage())
                                .isEqualTo(reason));
    }

    /** No operation takes the name for that of an account. */
    static void assertNotExpressible(RdsInstance instance, String name) {
        assertRdsException(
                () -> instance.resetPassword(name, RdsInstanceContract.PASSWORD),
                RdsException.Reason.INVALID_ACCOUNT_NAME);
        assertRdsException(
                () -> instance.cloneAccount(name, "clone", RdsInstanceContract.PASSWORD),
                RdsException.Reason.INVALID_ACCOUNT_NAME);
        assertRdsException(
                () -> instance.cloneAccount("source", name, RdsInstanceContract.PASSWORD),
                RdsException.Reason.INVALID_ACCOUNT_NAME);
        assertRdsException(() -> instance.deleteAccount(name), RdsException.Reason.INVALID_ACCOUNT_NAME);
        Assertions.assertThat(instance.hasAccount(name)).isFalse();
        Assertions.assertThat(instance.acceptsLogin(name, RdsInstanceContract.PASSWORD))
                .isFalse();
    }
}
