package dev.tumbler.samples.benchmarks;

import java.util.Locale;

/** A chart on white, in the making. */
final class Svg {
    private final StringBuilder svg = new StringBuilder();

    Svg(int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                width, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", width, height);
    }

    void add(String format, Object... values) {
        svg.append(format(format, values));
    }

    /** @param anchor {@code start}, {@code middle} or {@code end}: which part of the text is at the point */
    void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }

    void line(double x1, double y1, double x2, double y2, String color) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, color);
    }

    /** Ends the chart, and returns it. */
    String end() {
        add("</svg>%n");
        return svg.toString();
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
