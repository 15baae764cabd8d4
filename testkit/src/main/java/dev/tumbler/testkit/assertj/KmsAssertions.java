package dev.tumbler.testkit.assertj;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.secret.SecretState;
import dev.tumbler.testkit.drill.DrillReport;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions about an emulator, its secrets and databases, and about drills begin; to be imported beside AssertJ's own
 * {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(kms).received(GET_SECRET_VALUE).forSecret("orders/db").times(3).withoutErrorsAfter(2);
 * }</pre>
 */
public final class KmsAssertions {
    private KmsAssertions() {}

    /** Begins an assertion about what an emulator was asked. */
    public static KmsEmulatorAssert assertThat(@Nullable KmsEmulator actual) {
        return new KmsEmulatorAssert(actual);
    }

    /** Begins an assertion about what came of a drill. */
    public static DrillReportAssert assertThat(@Nullable DrillReport actual) {
        return new DrillReportAssert(actual);
    }

    /** Begins an assertion about a secret: {@code assertThat(kms.secret("orders/db")).wasRotated(1)}. */
    public static SecretStateAssert assertThat(@Nullable SecretState actual) {
        return new SecretStateAssert(actual);
    }

    /** Begins an assertion about a database. */
    public static RdsInstanceAssert assertThat(@Nullable RdsInstance actual) {
        return new RdsInstanceAssert(actual);
    }
}
