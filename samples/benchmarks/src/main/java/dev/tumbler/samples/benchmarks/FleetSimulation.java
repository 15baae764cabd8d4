package dev.tumbler.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fleet of 10,000 clients with 20 secrets each asks of the service, in virtual time: {@code FILE.svg [CLIENTS]}, the
 * chart to write, and a number of clients to which the quota is scaled. Prints the figures too.
 */
public final class FleetSimulation {
    static final int SECRETS = 20;

    private static final int CLIENTS = 10_000;
    private static final int READS_PER_SECOND = 450;
    private static final long SEED = 1;

    private FleetSimulation() {}

    /** Simulates both fleets, one after the other. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : CLIENTS;
        int quota = Math.max(1, READS_PER_SECOND * clients / CLIENTS);
        List<FleetRun> runs = new ArrayList<>();
        for (FleetRun.Kind kind : FleetRun.Kind.values()) {
            long start = System.nanoTime();
            FleetRun run = FleetRun.of(kind, clients, SECRETS, quota, SEED);
            runs.add(run);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d s, %d threads, %,d MB%n",
                    kind,
                    (System.nanoTime() - start) / 1_000_000_000L,
                    run.threads(),
                    Runtime.getRuntime().totalMemory() >> 20);
            print("start", run, Duration.ZERO, FleetRun.ROTATION);
            print("rotation", run, FleetRun.ROTATION, FleetRun.OUTAGE);
            print("outage", run, FleetRun.OUTAGE, FleetRun.OUTAGE_END);
            print("after", run, FleetRun.OUTAGE_END, FleetRun.SPAN);
        }
        if (args.length > 0) {
            Files.writeString(Path.of(args[0]), FleetChart.of(runs.get(0), runs.get(1), quota));
        }
    }

    private static void print(String phase, FleetRun run, Duration from, Duration to) {
        Duration oldest = run
                .samples()
                .subList((int) from.dividedBy(FleetRun.BETWEEN_SAMPLES), (int) to.dividedBy(FleetRun.BETWEEN_SAMPLES))
                .stream()
                .map(FleetRun.Sample::oldest)
                .max(Duration::compareTo)
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %.1f |%n",
                phase,
                run.peak(from, to),
                run.total(from, to),
                run.untilCurrent(from).map(Object::toString).orElse("never"),
                oldest.toSeconds() / 60.0);
    }
}
