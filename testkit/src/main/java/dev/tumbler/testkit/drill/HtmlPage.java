package dev.tumbler.testkit.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A report as one page of HTML that needs nothing else, in light and in dark. */
final class HtmlPage {
    private static final int MOST_FAILURES = 100;
    private static final int MOST_OF_A_PHASE = 5;

    private final DrillReport report;
    private final StringBuilder html = new StringBuilder();

    HtmlPage(DrillReport report) {
        this.report = report;
    }

    String render() {
        String title = "Rotation drill of " + report.secretName();
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
                <p class="soft">%s, in %s</p>
                """, escape(title), style(), escape(title), escape(report.summary()), seconds(length()));
        verdict();
        html.append(new TimelineChart(report, length()).render());
        phases();
        logins();
        failures();
        add("</body>\n</html>\n");
        return html.toString();
    }

    private Duration length() {
        DrillPhase last = report.phases().get(report.phases().size() - 1);
        return last.start().plus(last.length());
    }

    private void verdict() {
        if (report.findings().isEmpty()) {
            add("<section class=\"verdict good\">\n<p><strong>Survives</strong></p>\n</section>\n");
            return;
        }
        add("<section class=\"verdict\">\n");
        for (Finding finding : report.findings()) {
            add(
                    "<p><strong>%s</strong><br>%s</p>\n",
                    escape(capital(finding.defect().toString())), escape(capital(finding.words())));
        }
        add("</section>\n");
    }

    private void phases() {
        add("<h2>Phases</h2>\n<table>\n");
        headings(
                "Phase",
                "Length",
                "Operations",
                "Failed",
                "Median",
                "99 %",
                "Longest",
                "KMS calls",
                "Logins",
                "Refused",
                "Waiting");
        for (DrillPhase phase : report.phases()) {
            add("<tr>");
            cell("Phase", phase.name(), false);
            cell("Length", Verdict.millis(phase.length()), false);
            cell("Operations", number(phase.operations()), false);
            cell("Failed", number(phase.failedOperations()), phase.failedOperations() > 0);
            cell("Median", time(phase.latency().median()), false);
            cell("99 %", time(phase.latency().p99()), false);
            cell("Longest", time(phase.latency().max()), false);
            cell(
                    "KMS calls",
                    number(phase.allCalls())
                            + (phase.failedCalls() == 0 ? "" : " (" + number(phase.failedCalls()) + " failed)"),
                    false);
            cell("Logins", number(phase.acceptedLogins() + phase.refusedLogins()), false);
            cell("Refused", number(phase.refusedLogins()), phase.refusedLogins() > 0);
            cell("Waiting", number(phase.waitingWorkers()), false);
            add("</tr>\n");
        }
        add("</tbody>\n</table>\n<p class=\"soft\">Waiting: workers that got through no operation in the phase.</p>\n");
    }

    private void logins() {
        List<LoginCount> all = report.phases().stream()
                .flatMap(phase -> phase.logins().stream())
                .collect(Collectors.groupingBy(
                        login -> new LoginCount(login.accountName(), login.passwordAge(), login.accepted(), 0),
                        Collectors.summingLong(LoginCount::count)))
                .entrySet()
                .stream()
                .map(login -> new LoginCount(
                        login.getKey().accountName(),
                        login.getKey().passwordAge(),
                        login.getKey().accepted(),
                        login.getValue()))
                .sorted(LoginCount.ORDER)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        add("<h2>Logins</h2>\n<table>\n");
        headings("Account", "Password", "Let in", "Refused");
        for (LoginCount login : all) {
            add("<tr>");
            cell("Account", login.accountName(), false);
            cell("Password", age(login.passwordAge()), false);
            cell("Let in", login.accepted() ? number(login.count()) : "0", false);
            cell("Refused", login.accepted() ? "0" : number(login.count()), !login.accepted());
            add("</tr>\n");
        }
        add("</tbody>\n</table>\n");
    }

    private static String age(int changes) {
        return switch (changes) {
            case -1 -> "not known";
            case 0 -> "in force";
            case 1 -> "changed once since";
            default -> "changed " + changes + " times since";
        };
    }

    private void failures() {
        if (report.failures().isEmpty()) {
            return;
        }
        add("<h2>Failures</h2>\n<table>\n");
        headings("Phase", "At", "After rotation", "Worker", "Cause");
        for (DrillFailure failure : someOfEachPhase()) {
            Duration since = failure.sinceRotation();
            add("<tr>");
            cell("Phase", failure.phase(), false);
            cell("At", seconds(failure.at()), false);
            cell("After rotation", since == null ? "–" : Verdict.millis(since), false);
            cell("Worker", Integer.toString(failure.worker()), false);
            add("<td class=\"words\" data-label=\"Cause\">%s</td>", escape(report.cause(failure)));
            add("</tr>\n");
        }
        add("</tbody>\n</table>\n");
        add("<p class=\"soft\">The first of each phase; %s in all.</p>\n", number(report.failedOperations()));
    }

    private List<DrillFailure> someOfEachPhase() {
        Map<String, Integer> shown = new HashMap<>();
        return report.failures().stream()
                .filter(failure -> shown.merge(failure.phase(), 1, Integer::sum) <= MOST_OF_A_PHASE)
                .limit(MOST_FAILURES)
                .toList();
    }

    private void headings(String... names) {
        add("<thead><tr>");
        for (String name : names) {
            add("<th scope=\"col\"%s>%s</th>", name.equals("Cause") ? " class=\"words\"" : "", escape(name));
        }
        add("</tr></thead>\n<tbody>\n");
    }

    private void cell(String label, String text, boolean bad) {
        String type = text.equals("0") ? "zero" : bad ? "bad" : "";
        add(
                "<td data-label=\"%s\"%s>%s</td>",
                escape(label), type.isEmpty() ? "" : " class=\"" + type + "\"", escape(text));
    }

    private void add(String format, Object... values) {
        html.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    /** In the unit that suits it. */
    static String time(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%,.0f µs", nanos / 1e3);
        }
        return nanos < 1_000_000_000 ? Verdict.millis(duration) : seconds(duration);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
