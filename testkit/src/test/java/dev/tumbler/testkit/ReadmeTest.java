package dev.tumbler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.testing.JavaSnippets;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Compiles and runs the Java of the READMEs, as it stands there. */
@Timeout(120)
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path GUIDE = Path.of("README.md");

    private static final Path SPRING_SAMPLE = Path.of(
            "..", "samples/spring-boot-app/src/test/java/dev/tumbler/samples/springboot/ShopApplicationTest.java");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OtherSettingsTest",
                "AnyFrameworkTest",
                "WeeklyRotationTest",
                "ThrottlingTest",
                "FailedRotationTest",
                "QuietTest",
                "PermissionsTest",
                "OrdersDrillTest"
            })
    void guide_eachExample_compilesAndPasses(String className) throws Exception {
        compile(className, example(GUIDE, className));
        run(className);
    }

    /** Compiled and run there: Spring is not on the class path here. */
    @Test
    void guide_springExample_isATestOfTheSample() throws Exception {
        assertThat(SPRING_SAMPLE)
                .content()
                .isEqualToNormalizingNewlines(
                        "package dev.tumbler.samples.springboot;\n\n" + example(GUIDE, "ShopApplicationTest"));
    }

    @Test
    void guide_noExample_isLeftOut() throws Exception {
        assertThat(JavaSnippets.of(GUIDE)).hasSize(9);
        // A block without a language would be no example for this test.
        assertThat(Files.readString(GUIDE)).doesNotContainPattern("\n```\n[^\n]");
    }

    @Test
    void junitExample_compilesAndPasses() throws Exception {
        compileShort("OrdersTest");
        run("OrdersTest");
    }

    private void run(String testClass) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass(testClass)))
                    .execute()
                    .testEvents()
                    .assertStatistics(stats -> stats.started(1).succeeded(1));
        }
    }

    @Test
    void clientExample_compilesAndRuns() throws Exception {
        compileShort("ReadSecret");
        try (KmsEmulator kms = KmsEmulator.start()) {
            AccessKey key = kms.createAccessKey();
            kms.rds().add("rm-orders", RdsEngine.POSTGRESQL);
            try (SecretsClient client = SecretsClient.builder()
                    .region(kms.region())
                    .endpoint(kms.endpoint())
                    .credentials(CredentialsProvider.of(key.id(), key.secret()))
                    .build()) {
                client.createSecret(r -> r.secretName("orders/db")
                        .versionId("v1")
                        .rdsDualAccount("rm-orders", new RdsCredentials("orders", "First-pass-1")));
            }
            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    directory + File.pathSeparator + System.getProperty("java.class.path"),
                    "ReadSecret",
                    kms.endpoint().toString());
            program.environment().put("ALIBABA_CLOUD_ACCESS_KEY_ID", key.id());
            program.environment().put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.secret());
            Process process = program.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).isEqualToIgnoringNewLines("logging in as orders");
            assertThat(process.waitFor()).isZero();
        }
    }

    private void compileShort(String className) throws Exception {
        String source = example(README, className);
        assertThat(source.lines().count()).as("lines of %s", className).isLessThanOrEqualTo(20);
        compile(className, source);
    }

    private void compile(String className, String source) throws Exception {
        Path file = Files.writeString(directory.resolve(className + ".java"), source);
        JavaSnippets.compile(directory, List.of(file));
    }

    private static String example(Path readme, String className) throws Exception {
        return JavaSnippets.of(readme).stream()
                .filter(block -> block.contains("class " + className))
                .findFirst()
                .orElseThrow();
    }
}
