package dev.tumbler.samples.rotation;

import dev.tumbler.samples.rotation.OfficialSdk.Version;
import java.io.PrintStream;
import java.util.Locale;

/** One line for each rotation. */
final class Timeline {
    private final PrintStream out;
    private final Application application;
    private final String first;
    private final String second;
    private final long start = System.nanoTime();

    Timeline(PrintStream out, Application application, String first, String second) {
        this.out = out;
        this.application = application;
        this.first = first;
        this.second = second;
        out.println();
        out.printf(
                "  %6s  %-8s  %-7s  %-15s  %14s  %20s  %9s  %6s%n",
                "time",
                "rotation",
                "version",
                "current account",
                "logins " + first,
                "logins " + second,
                "queries",
                "failed");
    }

    void print(int rotation, Version current) {
        out.printf(
                Locale.ROOT,
                "  %5.1fs  %-8s  %-7s  %-15s  %14d  %20d  %,9d  %,6d%n",
                (System.nanoTime() - start) / 1e9,
                rotation == 0 ? "-" : rotation,
                current.versionId(),
                current.account().name(),
                application.logins().logins(first),
                application.logins().logins(second),
                application.queries(),
                application.failedQueries());
    }
}
