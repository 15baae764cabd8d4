package dev.tumbler.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.testkit.drill.DrillFailure.Reason;
import dev.tumbler.testkit.drill.Finding.Defect;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void page_needsNothingFromElsewhere() {
        assertThat(page(failing())).doesNotContain("http:", "https:", "src=", "<link", "<script", "@import", "url(");
    }

    @Test
    void page_hasLightAndDark_andTheWidthOfATelephone() {
        assertThat(page(failing()))
                .contains(
                        "color-scheme: light dark",
                        "prefers-color-scheme: dark",
                        "width=device-width",
                        "max-width: 700px");
    }

    @Test
    void page_isWellFormed_withAPlotForEachThing() throws Exception {
        Document page = parse(page(failing()));

        NodeList plots = page.getElementsByTagName("svg");
        assertThat(plots.getLength()).isEqualTo(3);
        for (int i = 0; i < plots.getLength(); i++) {
            Element plot = (Element) plots.item(i);
            assertThat(plot.getAttribute("aria-label")).contains(" over time, at most ");
            assertThat(plot.getElementsByTagName("line").getLength()).isEqualTo(2);
            assertThat(count(plot, "window")).isEqualTo(1);
            assertThat(count(plot, "disruption")).isEqualTo(1);
        }
        assertThat(count((Element) plots.item(0), "operations")).isEqualTo(3);
        assertThat(count((Element) plots.item(1), "failures")).isEqualTo(1);
        assertThat(count((Element) plots.item(2), "slow")).isEqualTo(3);
    }

    @Test
    void page_saysWhatWasFound_andWhere() throws Exception {
        String text = text(page(failing()));

        assertThat(text)
                .contains(
                        "Rotation drill of orders/<db>",
                        "30 operations of 4 workers, 2 failed, over 2 rotations, KMS outage",
                        "A stale value is ignored Because",
                        "rotation 1, window",
                        "disruption: KMS outage",
                        "orders_clone changed 2 times since 0 5",
                        "? not known 3 0",
                        "KMS outage 2.50 s 40 ms 3 IllegalStateException: <b>no & luck</b>",
                        "The first of each phase; 2 in all.");
    }

    @Test
    void page_ofASurvivor_saysSo() throws Exception {
        DrillReport report = new DrillReport(
                "orders/db",
                1,
                List.of(phase("steady", PhaseKind.STEADY, 0, 5)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Slot(0, 5, 0, 1_000_000)),
                text -> text);

        assertThat(text(report.html()))
                .contains("5 operations of 1 worker, none failed, over 0 rotations", "Survives", "steady 1,000 ms 5 0")
                .doesNotContain("Failures", "Logins Account");
    }

    private static DrillReport failing() {
        DrillPhase.Seen outage = seen("KMS outage", PhaseKind.DISRUPTION, 2, 10);
        outage.failures = Map.of(Reason.KMS, 2L);
        outage.logins = List.of(new LoginCount("orders_clone", 2, false, 5), new LoginCount("?", -1, true, 3));
        return new DrillReport(
                "orders/<db>",
                4,
                List.of(
                        phase("steady", PhaseKind.STEADY, 0, 10),
                        phase("rotation 1, window", PhaseKind.WINDOW, 1, 10),
                        new DrillPhase(outage)),
                List.of(new DrillFailure(
                        "KMS outage",
                        3,
                        Duration.ofMillis(2_500),
                        Duration.ofMillis(40),
                        Reason.KMS,
                        new IllegalStateException("<b>no & luck</b>"))),
                List.of(SECOND, SECOND.multipliedBy(2)),
                List.of(new Finding(Defect.STALE_VALUE_IGNORED, "because")),
                List.of(
                        new Slot(0, 10, 0, 1_000_000),
                        new Slot(600, 10, 0, 2_000_000),
                        new Slot(1_250, 10, 2, 3_000_000)),
                text -> text);
    }

    private static DrillPhase phase(String name, PhaseKind kind, int startSeconds, long operations) {
        return new DrillPhase(seen(name, kind, startSeconds, operations));
    }

    private static DrillPhase.Seen seen(String name, PhaseKind kind, int startSeconds, long operations) {
        DrillPhase.Seen seen = new DrillPhase.Seen();
        seen.name = name;
        seen.kind = kind;
        seen.start = Duration.ofSeconds(startSeconds);
        seen.length = SECOND;
        seen.operations = operations;
        return seen;
    }

    private static String page(DrillReport report) {
        return report.html();
    }

    private static int count(Element parent, String type) {
        NodeList all = parent.getElementsByTagName("rect");
        int count = 0;
        for (int i = 0; i < all.getLength(); i++) {
            count += ((Element) all.item(i)).getAttribute("class").equals(type) ? 1 : 0;
        }
        return count;
    }

    /** The page is XML too, but for what HTML leaves open. */
    private static Document parse(String html) throws Exception {
        String xml = Pattern.compile("<!DOCTYPE html>|<style>.*?</style>", Pattern.DOTALL)
                .matcher(html.replaceAll("<meta ([^>]*)>", "<meta $1/>").replace("<br>", "<br/>"))
                .replaceAll("");
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    private static String text(String html) throws Exception {
        Document page = parse(html.replace("</", " </").replace("<br>", " <br>"));
        return page.getElementsByTagName("body").item(0).getTextContent().replaceAll("\\s+", " ");
    }
}
