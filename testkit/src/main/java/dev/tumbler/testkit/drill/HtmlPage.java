package dev.tumbler.testkit.drill;

import dev.tumbler.testkit.internal.html.Html;
import dev.tumbler.testkit.internal.html.Html.Heading;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one page of HTML that needs nothing else, in light and in dark. */
final class HtmlPage {
    private static final int MOST_FAILURES = 100;
    private static final int MOST_OF_A_PHASE = 5;

    private final DrillReport report;
    private final Html html;

    HtmlPage(DrillReport report) {
        this.report = report;
        this.html =
                new Html("Rotation drill of " + report.secretName(), report.summary() + ", in " + seconds(length()));
    }

    String render() {
        verdict();
        html.add(new TimelineChart(report, length()).render());
        phases();
        logins();
        failures();
        return html.end();
    }

    private Duration length() {
        DrillPhase last = report.phases().get(report.phases().size() - 1);
        return last.start().plus(last.length());
    }

    private void verdict() {
        if (report.findings().isEmpty()) {
            html.add("<section class=\"verdict good\">\n<p><strong>Survives</strong></p>\n</section>\n");
            return;
        }
        html.add("<section class=\"verdict\">\n");
        for (Finding finding : report.findings()) {
            html.add(
                    "<p><strong>%s</strong><br>%s</p>\n",
                    Html.escape(capital(finding.defect().toString())), Html.escape(capital(finding.words())));
        }
        html.add("</section>\n");
    }

    private void phases() {
        html.add("<h2>Phases</h2>\n");
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
            html.add("<tr>");
            html.cell("Phase", phase.name(), false);
            html.cell("Length", Verdict.millis(phase.length()), false);
            html.cell("Operations", Html.number(phase.operations()), false);
            html.cell("Failed", Html.number(phase.failedOperations()), phase.failedOperations() > 0);
            html.cell("Median", time(phase.latency().median()), false);
            html.cell("99 %", time(phase.latency().p99()), false);
            html.cell("Longest", time(phase.latency().max()), false);
            html.cell(
                    "KMS calls",
                    Html.number(phase.allCalls())
                            + (phase.failedCalls() == 0 ? "" : " (" + Html.number(phase.failedCalls()) + " failed)"),
                    false);
            html.cell("Logins", Html.number(phase.acceptedLogins() + phase.refusedLogins()), false);
            html.cell("Refused", Html.number(phase.refusedLogins()), phase.refusedLogins() > 0);
            html.cell("Waiting", Html.number(phase.waitingWorkers()), false);
            html.add("</tr>\n");
        }
        html.endTable();
        html.add("<p class=\"soft\">Waiting: workers that got through no operation in the phase.</p>\n");
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
        html.add("<h2>Logins</h2>\n");
        headings("Account", "Password", "Let in", "Refused");
        for (LoginCount login : all) {
            html.add("<tr>");
            html.cell("Account", login.accountName(), false);
            html.cell("Password", age(login.passwordAge()), false);
            html.cell("Let in", login.accepted() ? Html.number(login.count()) : "0", false);
            html.cell("Refused", login.accepted() ? "0" : Html.number(login.count()), !login.accepted());
            html.add("</tr>\n");
        }
        html.endTable();
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
        html.add("<h2>Failures</h2>\n");
        headings("Phase", "At", "After rotation", "Worker", "Cause");
        for (DrillFailure failure : someOfEachPhase()) {
            Duration since = failure.sinceRotation();
            html.add("<tr>");
            html.cell("Phase", failure.phase(), false);
            html.cell("At", seconds(failure.at()), false);
            html.cell("After rotation", since == null ? "–" : Verdict.millis(since), false);
            html.cell("Worker", Integer.toString(failure.worker()), false);
            html.words("Cause", report.cause(failure));
            html.add("</tr>\n");
        }
        html.endTable();
        html.add("<p class=\"soft\">The first of each phase; %s in all.</p>\n", Html.number(report.failedOperations()));
    }

    private List<DrillFailure> someOfEachPhase() {
        Map<String, Integer> shown = new HashMap<>();
        return report.failures().stream()
                .filter(failure -> shown.merge(failure.phase(), 1, Integer::sum) <= MOST_OF_A_PHASE)
                .limit(MOST_FAILURES)
                .toList();
    }

    private void headings(String... names) {
        html.table(Arrays.stream(names)
                .map(name -> new Heading(name, name.equals("Cause")))
                .toArray(Heading[]::new));
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
}
