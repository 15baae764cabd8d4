package dev.tumbler.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A fleet of 200 clients, under a quota that is as small. In a much smaller one the seconds in which nobody asks would
 * waste much of the quota.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetRunTest {
    private static final int CLIENTS = 200;
    private static final int READS_PER_SECOND = 9;
    private static final Duration ALL_AT_THE_QUOTA =
            Duration.ofSeconds(CLIENTS * FleetSimulation.SECRETS / READS_PER_SECOND);

    private FleetRun ours;
    private FleetRun naive;

    @BeforeAll
    void simulate() throws InterruptedException {
        ours = FleetRun.of(FleetRun.Kind.TUMBLER, CLIENTS, FleetSimulation.SECRETS, READS_PER_SECOND, 1);
        naive = FleetRun.of(FleetRun.Kind.NAIVE, CLIENTS, FleetSimulation.SECRETS, READS_PER_SECOND, 1);
    }

    @Test
    void fleet_afterAStart_isServedAtTheQuotaAndNotFaster() {
        assertThat(ours.untilCurrent(Duration.ZERO))
                .hasValueSatisfying(
                        time -> assertThat(time).isBetween(ALL_AT_THE_QUOTA, ALL_AT_THE_QUOTA.multipliedBy(2)));
        assertThat(ours.threads()).as("threads, one for each read that paused").isGreaterThan(1);
    }

    @Test
    void fleet_afterARotation_isCurrentBeforeTheOutage() {
        assertThat(ours.untilCurrent(FleetRun.ROTATION))
                .hasValueSatisfying(time -> assertThat(time).isLessThan(FleetRun.OUTAGE.minus(FleetRun.ROTATION)));
    }

    @Test
    void fleet_inAnOutage_keepsItsValuesAndRecoversWithFewerRequestsThanTheNaiveOne() {
        int outage = (int) FleetRun.OUTAGE.dividedBy(FleetRun.BETWEEN_SAMPLES);
        assertThat(ours.samples().subList(outage, ours.samples().size()))
                .allSatisfy(sample -> assertThat(sample.none()).isZero());
        assertThat(ours.total(FleetRun.OUTAGE_END, FleetRun.SPAN))
                .isPositive()
                .isLessThan(naive.total(FleetRun.OUTAGE_END, FleetRun.SPAN) / 4);
    }

    @Test
    void fleet_withTheSameSeed_doesTheSame() throws InterruptedException {
        FleetRun one = small(7);
        FleetRun other = small(7);

        assertThat(other.requests()).isEqualTo(one.requests());
        assertThat(other.samples()).isEqualTo(one.samples());
        assertThat(small(8).requests()).isNotEqualTo(one.requests());
    }

    private static FleetRun small(long seed) throws InterruptedException {
        return FleetRun.of(FleetRun.Kind.TUMBLER, 4, FleetSimulation.SECRETS, 1, seed);
    }
}
