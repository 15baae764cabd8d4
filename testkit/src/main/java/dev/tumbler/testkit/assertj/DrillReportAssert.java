package dev.tumbler.testkit.assertj;

import dev.tumbler.testkit.drill.DrillReport;
import dev.tumbler.testkit.drill.Finding;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about what came of a drill. A failure shows phases, causes and the verdict, and where the timeline is. */
public final class DrillReportAssert extends AbstractAssert<DrillReportAssert, DrillReport> {
    DrillReportAssert(@Nullable DrillReport actual) {
        super(actual, DrillReportAssert.class);
    }

    /** No operation failed, whatever else was found. */
    public DrillReportAssert hasNoFailedOperations() {
        isNotNull();
        if (actual.failedOperations() > 0) {
            failWithMessage("%s", "Expected no operation to fail, but " + actual.describe());
        }
        return this;
    }

    /** No operation failed, and nothing was found. */
    public DrillReportAssert survives() {
        isNotNull();
        if (actual.failedOperations() > 0 || !actual.findings().isEmpty()) {
            failWithMessage("%s", "Expected the application to survive, but " + actual.describe());
        }
        return this;
    }

    /** This was found, whatever else was. */
    public DrillReportAssert hasFound(Finding.Defect defect) {
        isNotNull();
        if (!actual.found(defect)) {
            failWithMessage("%s", "Expected the drill to find that " + defect + ", but " + actual.describe());
        }
        return this;
    }
}
