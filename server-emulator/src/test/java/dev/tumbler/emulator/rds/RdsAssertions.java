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
}
