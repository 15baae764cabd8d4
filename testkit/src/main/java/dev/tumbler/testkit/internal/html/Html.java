package dev.tumbler.testkit.internal.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** One page of HTML that needs nothing else, in light and in dark, in the making. Not thread-safe. */
public final class Html {
    private final StringBuilder html = new StringBuilder();

    /**
     * Begins a page.
     *
     * @param subtitle the line under the title
     */
    public Html(String title, String subtitle) {
        add("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>%s</h1>
                <p class="soft">%s</p>
                """, escape(title), style(), escape(title), escape(subtitle));
    }

    /** Adds HTML: a format, unless there are no values. Texts among them are to be escaped. */
    public void add(String format, Object... values) {
        html.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    }

    /** Begins a table. */
    public void table(Heading... headings) {
        add("<table>\n<thead><tr>");
        for (Heading heading : headings) {
            add("<th scope=\"col\"%s>%s</th>", heading.words() ? " class=\"words\"" : "", escape(heading.text()));
        }
        add("</tr></thead>\n<tbody>\n");
    }

    /** Ends a table. */
    public void endTable() {
        add("</tbody>\n</table>\n");
    }

    /**
     * Adds a cell.
     *
     * @param label the heading of its column, for narrow screens, which leave out cells that say 0
     * @param bad whether it is to strike the eye, unless it says 0
     */
    public void cell(String label, String text, boolean bad) {
        String type = text.equals("0") ? "zero" : bad ? "bad" : "";
        add(
                "<td data-label=\"%s\"%s>%s</td>",
                escape(label), type.isEmpty() ? "" : " class=\"" + type + "\"", escape(text));
    }

    /** Adds a cell of words, which may be long. */
    public void words(String label, String text) {
        add("<td class=\"words\" data-label=\"%s\">%s</td>", escape(label), escape(text));
    }

    /** Ends the page, and returns it. */
    public String end() {
        add("</body>\n</html>\n");
        return html.toString();
    }

    /** With commas between thousands. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A text that means nothing in HTML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(Html.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The heading of a column.
     *
     * @param words whether its cells are words, and not numbers
     */
    public record Heading(String text, boolean words) {
        /** Of numbers and other short things. */
        public static Heading of(String text) {
            return new Heading(text, false);
        }
    }
}
