package dev.tumbler.testkit;

import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.journal.KmsAction.DELETE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.Policy;
import dev.tumbler.testkit.leak.NoLeaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a run writes when it is asked to. */
@Timeout(120)
class RunReportTest {
    @TempDir
    Path directory;

    private Path page;
    private Path policy;

    @BeforeEach
    void nameFiles() {
        page = directory.resolve("reports/kms.html");
        policy = directory.resolve("reports/kms.json");
    }

    @Test
    void run_thatAsksForNothing_writesNothing() {
        run(Map.of(), Reading.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void page_tellsOfEachTestWithAnEmulator() throws Exception {
        run(
                asking("tumbler.report.html", page),
                Reading.class,
                Rotating.class,
                Failing.class,
                Leaking.class,
                Invocations.class,
                WithoutEmulator.class);

        assertThat(policy).doesNotExist();
        String html = Files.readString(page);
        assertThat(text(html))
                .contains(
                        "What tests asked of KMS 7 tests, 2 failed, 1 aborted, 8 calls, 2 rotations, 2 faults met, 1 leak",
                        // ended, calls, of them failed, rotations, faults met, leaks, permissions
                        "reads(SecretsClient, KmsEmulator) passed 3 2 0 2 0 1",
                        "rotates(SecretsClient, KmsEmulator) passed 1 0 2 0 0 1",
                        "fails(SecretsClient) failed 1 1 0 0 0 0",
                        "aborts(KmsEmulator) aborted 0 0 0 0 0 0",
                        "prints(SecretsClient) failed 1 0 0 0 1 1",
                        "reads: [1] name = \"a\" passed 1 0 0 0 0 1",
                        "reads: [2] name = \"b\" passed 1 0 0 0 0 1",
                        "Reading: reads(SecretsClient, KmsEmulator) Action Calls Failed Met by a fault GetSecretValue 3 2 2",
                        "Faults fault on GetSecretValue, met 2 of 2 calls fault on DeleteSecret, met 0 calls",
                        "Rotations orders/db: 2 ",
                        "Leaks System.out, thread main: SecretData of \"mail/smtp\", version v1")
                .doesNotContain("CreateSecret", "WithoutEmulator");
        assertThat(html).doesNotContain("correct-horse-battery");
    }

    @Test
    void page_ofTestsThatShare_hasForEachWhatItDid() throws Exception {
        run(asking("tumbler.report.html", page), Sharing.class);

        assertThat(text(Files.readString(page)))
                .contains(
                        "2 tests, none failed, 2 calls,",
                        "deletes(SecretsClient) passed 1 0 0 0 0 1",
                        "reads(SecretsClient) passed 1 0 0 0 0 1",
                        "have each other's calls",
                        // what @BeforeAll did is nobody's test, but the run's
                        "\"kms:CreateSecret\"");
    }

    @Test
    void page_ofTestsInParallel_hasThemAll() throws Exception {
        run(
                Map.of(
                        "tumbler.report.html", page.toString(),
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                Repeated.class);

        assertThat(text(Files.readString(page))).contains("24 tests, none failed, 24 calls, 0 rotations,");
    }

    @Test
    void page_needsNothingFromElsewhere() throws Exception {
        run(asking("tumbler.report.html", page), Reading.class);

        assertThat(Files.readString(page))
                .doesNotContain("http:", "https:", "src=", "<link", "<script", "@import", "url(")
                .contains("color-scheme: light dark");
    }

    @Test
    void policy_isTheSmallestOfAllTests() throws Exception {
        run(asking("tumbler.report.policy", policy), Reading.class, Rotating.class, Sharing.class);

        assertThat(page).doesNotExist();
        String written = Files.readString(policy);
        assertThat(Policy.parse(written)).isNotNull();
        assertThat(written.replaceAll("\\s+", ""))
                .isEqualTo("{\"Version\":\"1\",\"Statement\":["
                        + statement("kms:CreateSecret", "secret")
                        + ","
                        + statement("kms:DeleteSecret", "secret/shared/2")
                        + ","
                        + statement("kms:GetSecretValue", "secret/mail/smtp", "secret/orders/db", "secret/shared/1")
                        + "]}");
    }

    @Test
    void policy_ofARunThatNeedsNothing_isNotThere() throws Exception {
        Files.createDirectories(policy.getParent());
        Files.writeString(policy, "of a former run");

        run(asking("tumbler.report.policy", policy), Idle.class);

        assertThat(policy).doesNotExist();
    }

    private static String statement(String action, String... resources) {
        return "{\"Effect\":\"Allow\",\"Action\":[\"" + action + "\"],\"Resource\":[\""
                + String.join(
                        "\",\"",
                        Arrays.stream(resources)
                                .map(resource -> "acs:kms:cn-hangzhou:*:" + resource)
                                .toList())
                + "\"]}";
    }

    private static Map<String, String> asking(String parameter, Path file) {
        return Map.of(parameter, file.toString());
    }

    /** Each class in a run of its own, as build tools do it; one session. */
    private static void run(Map<String, String> parameters, Class<?>... testClasses) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (Class<?> testClass : testClasses) {
                session.getLauncher()
                        .execute(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .configurationParameters(parameters)
                                .build());
            }
        }
    }

    private static String text(String html) {
        return Pattern.compile("<style>.*?</style>|<title>.*?</title>", Pattern.DOTALL)
                .matcher(html)
                .replaceAll("")
                .replaceAll("<[^>]*>", " ")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    @KmsEmulatorTest
    @GenericSecret(name = "mail/smtp", value = "password")
    static class Reading {
        @Test
        void reads(SecretsClient client, KmsEmulator kms) {
            kms.faults().on(GET_SECRET_VALUE).times(2).respond(throttled());
            kms.faults().on(DELETE_SECRET).respond(throttled());
            client.getSecretValue("mail/smtp");
        }
    }

    @KmsEmulatorTest
    @FrozenClock("2026-01-01T00:00:00Z")
    @RdsSecret(name = "orders/db", rotateEvery = "P7D")
    static class Rotating {
        @Test
        void rotates(SecretsClient client, KmsEmulator kms) {
            kms.clock().advance(Duration.ofDays(14));
            client.getSecretValue("orders/db");
        }
    }

    @KmsEmulatorTest
    static class Failing {
        @Test
        @AllowedBy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}")
        void fails(SecretsClient client) {
            client.getSecretValue("nobody");
        }

        @Test
        void aborts(KmsEmulator kms) {
            Assumptions.abort(kms.region());
        }
    }

    @KmsEmulatorTest
    @NoLeaks
    static class Leaking {
        @Test
        @GenericSecret(name = "mail/smtp", value = "correct-horse-battery")
        void prints(SecretsClient client) {
            System.out.println(client.getSecretValue("mail/smtp").secretData().asString());
        }
    }

    @KmsEmulatorTest
    static class Invocations {
        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        @GenericSecret(name = "mail/smtp", value = "password")
        void reads(String name, SecretsClient client) {
            client.getSecretValue("mail/smtp");
        }
    }

    @KmsEmulatorTest
    static class Repeated {
        @RepeatedTest(24)
        @GenericSecret(name = "mail/smtp", value = "password")
        void reads(SecretsClient client) {
            client.getSecretValue("mail/smtp");
        }
    }

    @KmsEmulatorTest
    static class WithoutEmulator {
        @Test
        void test() {}
    }

    @KmsEmulatorTest
    static class Idle {
        @Test
        @GenericSecret(name = "mail/smtp", value = "password")
        void test(KmsEmulator kms) {
            assertThat(kms.secrets()).hasSize(1);
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.PER_CLASS)
    @GenericSecret(name = "shared/1", value = "password")
    static class Sharing {
        @BeforeAll
        static void create(SecretsClient client) {
            client.createSecret(r -> r.secretName("shared/2").versionId("v1").secretData("x"));
        }

        @Test
        void reads(SecretsClient client) {
            client.getSecretValue("shared/1");
        }

        @Test
        void deletes(SecretsClient client) {
            client.deleteSecret("shared/2");
        }
    }
}
