package dev.tumbler.samples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.secret.NewRdsSecret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a virtual year costs in which each of many secrets rotates every week, on an instance in memory: {@code FILE.svg}, the
 * plot to write. Prints the figures too.
 */
public final class YearOfRotations {
    private static final List<Integer> SECRETS = List.of(1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000);
    private static final int ROTATIONS_EACH = 52;
    private static final double NANOS_PER_SECOND = 1e9;

    private YearOfRotations() {}

    /** Measures each number of secrets once, after a warm-up. */
    public static void main(String[] args) throws IOException {
        measure(SECRETS.get(0));
        List<Run> runs = new ArrayList<>();
        System.out.println("| secrets | rotations | seconds | CPU seconds | CPU microseconds each |");
        System.out.println("|--:|--:|--:|--:|--:|");
        for (int secrets : SECRETS) {
            Run run = measure(secrets);
            runs.add(run);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %.1f | %.1f | %.0f |%n",
                    secrets,
                    run.rotations(),
                    run.seconds(),
                    run.cpuSeconds(),
                    run.cpuSeconds() * 1e6 / run.rotations());
        }
        if (args.length > 0) {
            Files.writeString(Path.of(args[0]), Plot.of(runs));
        }
    }

    private static Run measure(int secrets) {
        try (KmsEmulator kms = KmsEmulator.builder()
                .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                .seed(1)
                .start()) {
            kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
            for (int i = 0; i < secrets; i++) {
                kms.rdsSecrets()
                        .create(
                                "s" + i,
                                NewRdsSecret.dualAccounts("rm-1", "u" + i, AccountPrivilege.DB_OWNER.on("shop"))
                                        .rotateEvery(Duration.ofDays(7)));
            }
            long start = System.nanoTime();
            long cpuStart = cpuNanos();
            kms.clock().advance(Duration.ofDays(365));
            return new Run(
                    secrets,
                    (System.nanoTime() - start) / NANOS_PER_SECOND,
                    (cpuNanos() - cpuStart) / NANOS_PER_SECOND);
        }
    }

    /** Of all threads, those of the virtual machine too. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** One measurement. */
    private record Run(int secrets, double seconds, double cpuSeconds) {
        int rotations() {
            return secrets * ROTATIONS_EACH;
        }
    }

    /** CPU seconds over secrets, and the line on which they would be if each secret cost what one of the last run does. */
    private static final class Plot {
        private static final int WIDTH = 640;
        private static final int HEIGHT = 400;
        private static final int MARGIN = 60;
        private static final int TICKS = 5;

        private Plot() {}

        static String of(List<Run> runs) {
            Run last = runs.get(runs.size() - 1);
            double top = runs.stream().mapToDouble(Run::cpuSeconds).max().orElseThrow();
            Svg svg = new Svg(WIDTH, HEIGHT);
            for (int tick = 0; tick <= TICKS; tick++) {
                double share = (double) tick / TICKS;
                svg.text(x(share), HEIGHT - MARGIN + 20, "middle", Svg.format("%,.0f", share * last.secrets()));
                svg.text(MARGIN - 28, y(share) + 4, "middle", Svg.format("%.0f", share * top));
                svg.line(MARGIN, y(share), WIDTH - MARGIN, y(share), "#ddd");
            }
            svg.line(x(0), y(0), x(1), y(last.cpuSeconds() / top), "#888");
            for (Run run : runs) {
                svg.add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#06c\"/>%n",
                        x((double) run.secrets() / last.secrets()), y(run.cpuSeconds() / top));
            }
            svg.text(WIDTH / 2.0, HEIGHT - 12, "middle", "secrets, each rotated 52 times");
            svg.text(WIDTH / 2.0, 30, "middle", "CPU seconds for a virtual year of weekly rotations");
            return svg.end();
        }

        private static double x(double share) {
            return MARGIN + share * (WIDTH - 2 * MARGIN);
        }

        private static double y(double share) {
            return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
        }
    }
}
