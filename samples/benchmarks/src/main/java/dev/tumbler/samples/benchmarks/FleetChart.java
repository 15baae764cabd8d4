package dev.tumbler.samples.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Three charts one above the other, of two fleets over the same time: requests, outdated secrets, the oldest value. */
final class FleetChart {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 760;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int PANEL = 180;
    private static final int GAP = 48;
    private static final int TOP = 56;
    private static final int SECONDS_PER_POINT = 15;
    private static final int MINUTES_PER_TICK = 5;
    private static final String OURS = "#06c";
    private static final String NAIVE = "#d60";
    private static final String QUOTA = "#a00";

    private final Svg svg = new Svg(WIDTH, HEIGHT);

    private FleetChart() {}

    /** @param quota the reads that the service answers in a second */
    static String of(FleetRun ours, FleetRun naive, int quota) {
        FleetChart chart = new FleetChart();
        chart.draw(ours, naive, quota);
        return chart.svg.end();
    }

    private void draw(FleetRun ours, FleetRun naive, int quota) {
        svg.add("<text x=\"%d\" y=\"22\" fill=\"%s\">Tumbler's SecretCache</text>%n", LEFT, OURS);
        svg.add("<text x=\"%d\" y=\"22\" fill=\"%s\">every 10 minutes, no jitter</text>%n", LEFT + 160, NAIVE);
        svg.add("<text x=\"%d\" y=\"22\" fill=\"%s\">- - the quota, %d a second</text>%n", LEFT + 360, QUOTA, quota);

        int greatest = Math.max(ours.peak(Duration.ZERO, FleetRun.SPAN), naive.peak(Duration.ZERO, FleetRun.SPAN));
        int decades = (int) Math.ceil(Math.log10(greatest));
        ToDoubleFunction<Double> log = rate -> Math.log10(Math.max(1, rate)) / decades;
        frame(0, "requests in a second (mean of 15 s, logarithmic)");
        for (int decade = 0; decade <= decades; decade++) {
            label(0, (double) decade / decades, Svg.format("%,.0f", Math.pow(10, decade)));
        }
        double quotaY = y(0, log.applyAsDouble((double) quota));
        svg.add(
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"6 4\"/>%n",
                LEFT, quotaY, WIDTH - RIGHT, quotaY, QUOTA);
        curve(0, rates(naive).stream().map(log::applyAsDouble).toList(), NAIVE);
        curve(0, rates(ours).stream().map(log::applyAsDouble).toList(), OURS);

        frame(1, "secrets without a value, or with an old one");
        for (int percent = 0; percent <= 100; percent += 25) {
            label(1, percent / 100.0, percent + " %");
        }
        curve(1, samples(naive, FleetRun.Sample::outdated), NAIVE);
        curve(1, samples(ours, FleetRun.Sample::outdated), OURS);

        double top = 5 * Math.ceil(Math.max(oldest(ours), oldest(naive)) / 5);
        frame(2, "minutes since the oldest value was read");
        for (int minutes = 0; minutes <= top; minutes += 5) {
            label(2, minutes / top, String.valueOf(minutes));
        }
        curve(2, samples(naive, sample -> minutes(sample) / top), NAIVE);
        curve(2, samples(ours, sample -> minutes(sample) / top), OURS);
        for (long minute = 0; minute <= FleetRun.SPAN.toMinutes(); minute += MINUTES_PER_TICK) {
            svg.text(x(minute / (double) FleetRun.SPAN.toMinutes()), y(2, 0) + 18, "middle", String.valueOf(minute));
        }
        svg.text(WIDTH / 2.0, y(2, 0) + 36, "middle", "minutes");
    }

    private void frame(int panel, String title) {
        double out = x(share(FleetRun.OUTAGE));
        svg.add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"#eee\"/>%n",
                out, y(panel, 1), x(share(FleetRun.OUTAGE_END)) - out, PANEL);
        double rotation = x(share(FleetRun.ROTATION));
        svg.line(rotation, y(panel, 0), rotation, y(panel, 1), "#888");
        svg.text(LEFT, y(panel, 1) - 8, "start", title);
        svg.text(rotation - 4, y(panel, 1) + 14, "end", "rotation");
        svg.text((out + x(share(FleetRun.OUTAGE_END))) / 2, y(panel, 1) + 14, "middle", "outage");
    }

    private void label(int panel, double share, String text) {
        svg.text(LEFT - 6, y(panel, share) + 4, "end", text);
        svg.line(LEFT, y(panel, share), WIDTH - RIGHT, y(panel, share), "#ddd");
    }

    private void curve(int panel, List<Double> shares, String color) {
        svg.add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"", color);
        for (int i = 0; i < shares.size(); i++) {
            svg.add(i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x((double) i / (shares.size() - 1)), y(panel, shares.get(i)));
        }
        svg.add("\"/>%n");
    }

    private static List<Double> rates(FleetRun run) {
        int points = (int) FleetRun.SPAN.toSeconds() / SECONDS_PER_POINT;
        return IntStream.range(0, points)
                .mapToObj(point -> run.total(
                                Duration.ofSeconds((long) point * SECONDS_PER_POINT),
                                Duration.ofSeconds((point + 1L) * SECONDS_PER_POINT))
                        / (double) SECONDS_PER_POINT)
                .toList();
    }

    private static List<Double> samples(FleetRun run, ToDoubleFunction<FleetRun.Sample> value) {
        return run.samples().stream().map(value::applyAsDouble).toList();
    }

    private static double oldest(FleetRun run) {
        return run.samples().stream().mapToDouble(FleetChart::minutes).max().orElseThrow();
    }

    private static double minutes(FleetRun.Sample sample) {
        return sample.oldest().toSeconds() / 60.0;
    }

    private static double share(Duration moment) {
        return moment.toSeconds() / (double) FleetRun.SPAN.toSeconds();
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(int panel, double share) {
        return TOP + panel * (PANEL + GAP) + PANEL * (1 - share);
    }
}
