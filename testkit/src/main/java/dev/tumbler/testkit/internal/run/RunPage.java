package dev.tumbler.testkit.internal.run;

import static dev.tumbler.testkit.internal.html.Html.escape;
import static dev.tumbler.testkit.internal.html.Html.number;

import dev.tumbler.testkit.internal.html.Html;
import dev.tumbler.testkit.internal.html.Html.Heading;
import dev.tumbler.testkit.internal.run.TestSummary.Calls;
import dev.tumbler.testkit.internal.run.TestSummary.Outcome;
import dev.tumbler.testkit.policy.LeastPrivilege;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A run as one page: its tests in a table, each in full behind it, and the policy of all. */
final class RunPage {
    private static final int COLUMNS = 8;

    private final List<TestSummary> tests;
    private final LeastPrivilege needed;
    private final Html html;

    /** @param tests in the order of their ends */
    RunPage(List<TestSummary> tests, LeastPrivilege needed) {
        this.tests = tests.stream()
                .sorted(Comparator.comparing(TestSummary::className))
                .toList();
        this.needed = needed;
        this.html = new Html("What tests asked of KMS", summary(this.tests));
    }

    private static String summary(List<TestSummary> tests) {
        List<String> parts = new ArrayList<>();
        parts.add(count(tests.size(), "test"));
        long failed = count(tests, Outcome.FAILED);
        parts.add((failed == 0 ? "none" : number(failed)) + " failed");
        long aborted = count(tests, Outcome.ABORTED);
        if (aborted > 0) {
            parts.add(number(aborted) + " aborted");
        }
        parts.add(count(sum(tests, TestSummary::allCalls), "call"));
        parts.add(count(sum(tests, TestSummary::allRotations), "rotation"));
        parts.add(count(sum(tests, TestSummary::metFaults), "fault") + " met");
        parts.add(count(sum(tests, test -> test.leaks().size()), "leak"));
        return String.join(", ", parts);
    }

    private static long sum(List<TestSummary> tests, ToLongFunction<TestSummary> what) {
        return tests.stream().mapToLong(what).sum();
    }

    private static long count(List<TestSummary> tests, Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    private static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    String render() {
        calls();
        tests();
        html.add("<h2>Each test</h2>\n");
        for (int i = 0; i < tests.size(); i++) {
            details(i, tests.get(i));
        }
        html.add("<h2>The smallest policy of all</h2>\n");
        html.add(
                "<p class=\"soft\">What fixtures needed is not part of it; what tests did to prepare themselves is.</p>\n");
        policy(needed);
        return html.end();
    }

    private void calls() {
        Map<String, Calls> all = new TreeMap<>();
        tests.forEach(test -> test.calls().forEach((action, calls) -> all.merge(action, calls, Calls::and)));
        if (!all.isEmpty()) {
            html.add("<h2>Calls</h2>\n");
            calls(all);
        }
    }

    private void calls(Map<String, Calls> byAction) {
        html.table(Heading.of("Action"), Heading.of("Calls"), Heading.of("Failed"), Heading.of("Met by a fault"));
        byAction.forEach((action, calls) -> {
            html.add("<tr>");
            html.cell("Action", action, false);
            html.cell("Calls", number(calls.all()), false);
            html.cell("Failed", number(calls.failed()), true);
            html.cell("Met by a fault", number(calls.faulty()), false);
            html.add("</tr>\n");
        });
        html.endTable();
    }

    private void tests() {
        html.add("<h2>Tests</h2>\n");
        html.table(
                new Heading("Test", true),
                Heading.of("Ended"),
                Heading.of("Calls"),
                Heading.of("Failed calls"),
                Heading.of("Rotations"),
                Heading.of("Faults met"),
                Heading.of("Leaks"),
                Heading.of("Permissions"));
        String className = "";
        for (int i = 0; i < tests.size(); i++) {
            TestSummary test = tests.get(i);
            if (!test.className().equals(className)) {
                className = test.className();
                html.add(
                        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%d\">%s</th></tr>\n",
                        COLUMNS, escape(className));
            }
            html.add(
                    "<tr><td class=\"words\" data-label=\"Test\"><a href=\"#test-%d\">%s</a></td>",
                    i + 1, escape(test.name()));
            html.cell("Ended", test.outcome().toString(), test.outcome() == Outcome.FAILED);
            html.cell("Calls", number(test.allCalls()), false);
            html.cell("Failed calls", number(test.failedCalls()), false);
            html.cell("Rotations", number(test.allRotations()), false);
            html.cell("Faults met", number(test.metFaults()), false);
            html.cell("Leaks", number(test.leaks().size()), true);
            html.cell("Permissions", number(test.needed().permissions().size()), false);
            html.add("</tr>\n");
        }
        html.endTable();
        if (tests.stream().anyMatch(TestSummary::shared)) {
            html.add(
                    "<p class=\"soft\">Tests that share an emulator and run at the same time have each other's calls.</p>\n");
        }
    }

    private void details(int index, TestSummary test) {
        String simpleName = test.className().substring(test.className().lastIndexOf('.') + 1);
        // The target of the link is inside, so that browsers open what it leads to.
        html.add(
                "<details>\n<summary>%s: %s</summary>\n<div id=\"test-%d\">\n",
                escape(simpleName), escape(test.name()), index + 1);
        if (test.calls().isEmpty()) {
            html.add("<p>It called nothing.</p>\n");
        } else {
            calls(test.calls());
        }
        list(
                "Rotations",
                test.rotations().entrySet().stream()
                        .map(rotated -> rotated.getKey() + ": " + rotated.getValue())
                        .toList());
        list("Faults", test.faults().stream().map(TestSummary.Fault::words).toList());
        list("Leaks", test.leaks());
        policy(test.needed());
        html.add("</div>\n</details>\n");
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            html.add(
                    "<h3>%s</h3>\n<ul>%s</ul>\n",
                    escape(title),
                    lines.stream().map(line -> "<li>" + escape(line) + "</li>").collect(Collectors.joining("\n")));
        }
    }

    private void policy(LeastPrivilege policy) {
        html.add("<h3>Smallest policy</h3>\n");
        if (policy.isEmpty()) {
            html.add("<p>None: nothing was needed.</p>\n");
        } else {
            html.add("<pre>%s</pre>\n", escape(policy.toJson()));
        }
    }
}
