package dev.tumbler.testkit.drill;

import dev.tumbler.testkit.internal.html.Html;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * Three plots over one time axis: operations, failures, the longest operation. The drawings stretch to the width of the
 * page, and all text is outside of them, so that it stays readable on a telephone.
 */
final class TimelineChart {
    private static final int MOST_COLUMNS = 120;
    private static final int HEIGHT = 100;

    private final DrillReport report;
    private final long lengthNanos;
    private final int columns;
    private final long[] operations;
    private final long[] failures;
    private final long[] longestMicros;
    private final StringBuilder html = new StringBuilder();

    TimelineChart(DrillReport report, Duration length) {
        this.report = report;
        this.lengthNanos = Math.max(Worker.SLOT_NANOS, length.toNanos());
        this.columns = (int) Math.min(MOST_COLUMNS, lengthNanos / Worker.SLOT_NANOS);
        this.operations = new long[columns];
        this.failures = new long[columns];
        this.longestMicros = new long[columns];
        for (Slot slot : report.timeline()) {
            long middle = slot.index() * Worker.SLOT_NANOS + Worker.SLOT_NANOS / 2;
            int column = (int) Math.min(columns - 1, middle * columns / lengthNanos);
            operations[column] += slot.operations();
            failures[column] += slot.failures();
            longestMicros[column] = Math.max(longestMicros[column], slot.longestNanos() / 1_000);
        }
    }

    String render() {
        add("<h2>Timeline</h2>\n<div class=\"legend\">");
        key("--operations", "", "operations");
        key("--bad", "", "failed");
        key("--slow", "", "longest operation");
        key("--rotation", " class=\"mark\"", "rotation");
        if (has(PhaseKind.WINDOW)) {
            key("--window", "", "window of a rotation");
        }
        if (has(PhaseKind.DISRUPTION)) {
            key("--disruption", "", "disruption: " + disruptions());
        }
        add("</div>\n");
        Duration column = Duration.ofNanos(lengthNanos / columns);
        plot("Operations in " + Verdict.millis(column), "", "operations", operations, Html::number);
        plot("Failed operations", " small", "failures", failures, Html::number);
        plot(
                "Longest operation",
                " small",
                "slow",
                longestMicros,
                micros -> HtmlPage.time(Duration.ofNanos(micros * 1_000)));
        add("<div class=\"axis\">");
        for (int quarter = 0; quarter <= 4; quarter++) {
            add("<span>%s</span>", time(lengthNanos / 4 * quarter));
        }
        add("</div>\n");
        return html.toString();
    }

    private boolean has(PhaseKind kind) {
        return report.phases().stream().anyMatch(phase -> phase.kind() == kind);
    }

    private String disruptions() {
        return String.join(
                ", ",
                report.phases().stream()
                        .filter(phase -> phase.kind() == PhaseKind.DISRUPTION)
                        .map(DrillPhase::name)
                        .distinct()
                        .toList());
    }

    private void key(String colour, String type, String words) {
        add("<span%s style=\"--key: var(%s)\">%s</span>", type, colour, Html.escape(words));
    }

    private void plot(String title, String size, String kind, long[] values, Scale scale) {
        long most = 1;
        for (long value : values) {
            most = Math.max(most, value);
        }
        add(
                "<div class=\"row%s\">\n<h3>%s</h3>\n<div class=\"scale\"><span>%s</span><span>0</span></div>\n<div class=\"plot\">",
                size, Html.escape(title), Html.escape(scale.label(most)));
        add(
                "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s over time, at most %s\">\n",
                columns, HEIGHT, Html.escape(title), Html.escape(scale.label(most)));
        bands();
        double unit = (double) HEIGHT / most;
        LongUnaryOperator height = value -> value == 0 ? 0 : Math.max(2, Math.round(value * unit));
        for (int column = 0; column < columns; column++) {
            long tall = height.applyAsLong(values[column]);
            if (tall > 0) {
                add(
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"1\" height=\"%d\"><title>%s: %s</title></rect>\n",
                        kind,
                        column,
                        HEIGHT - tall,
                        tall,
                        time(lengthNanos / columns * column),
                        Html.escape(scale.label(values[column])));
            }
        }
        rotations();
        add("</svg></div>\n</div>\n");
    }

    private void bands() {
        for (DrillPhase phase : report.phases()) {
            if (!phase.kind().isCalm()) {
                add(
                        "<rect class=\"%s\" x=\"%.3f\" y=\"0\" width=\"%.3f\" height=\"%d\"><title>%s</title></rect>\n",
                        phase.kind() == PhaseKind.WINDOW ? "window" : "disruption",
                        x(phase.start()),
                        x(phase.length()),
                        HEIGHT,
                        Html.escape(phase.name()));
            }
        }
    }

    private void rotations() {
        for (Duration rotation : report.rotations()) {
            add("<line class=\"rotation\" x1=\"%1$.3f\" x2=\"%1$.3f\" y1=\"0\" y2=\"%2$d\"/>\n", x(rotation), HEIGHT);
        }
    }

    /** In the unit that suits the whole. */
    private String time(long nanos) {
        return lengthNanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%d ms", nanos / 1_000_000)
                : HtmlPage.seconds(Duration.ofNanos(nanos));
    }

    private double x(Duration at) {
        return (double) at.toNanos() * columns / lengthNanos;
    }

    private void add(String format, Object... values) {
        html.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    }

    private interface Scale {
        String label(long value);
    }
}
