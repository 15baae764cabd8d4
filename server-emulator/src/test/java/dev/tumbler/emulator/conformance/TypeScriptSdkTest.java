package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The unmodified TypeScript SDK, {@code @alicloud/kms20160120} and {@code @alicloud/openapi-client}, run by Node.js. Skipped
 * where there is no Node.js; the packages are installed below {@code target} once.
 */
class TypeScriptSdkTest {
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path INSTALLED = Path.of("target", "node");

    @Test
    @Timeout(300)
    @Proves(
            by = "TypeScript SDK",
            value = {
                "CreateSecret/answer/Arn",
                "CreateSecret/SecretData/verbatim",
                "CreateSecret/SecretData/size",
                "CreateSecret/error/Rejected.ResourceExist",
                "CreateSecret/error/InvalidParameter",
                "PutSecretValue/VersionStages/default",
                "PutSecretValue/VersionStages/given",
                "GetSecretValue/VersionStage/empty",
                "GetSecretValue/error/Forbidden.ResourceNotFound",
                "GetSecretValue/SecretName/required",
                "DescribeSecret/FetchTags/true",
                "ListSecrets/answer/SecretList",
                "ListSecrets/Filters/SecretName",
                "RotateSecret/double/swap",
                "DeleteSecret/ForceDeleteWithoutRecovery/true",
                "Wire/signature/wrong",
            })
    void typeScriptSdk_checks_allPass() throws Exception {
        for (String program : List.of("node", "npm")) {
            Assumptions.assumeTrue(
                    isOnPath(program), program + " is not on the path: the TypeScript SDK was not tried");
        }
        install();
        try (KmsEmulator kms = KmsEmulator.start()) {
            kms.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
            AccessKey key = kms.createAccessKey();
            List<String> lines = run(
                    Map.of(
                            "NODE_MODULES_OF",
                                    INSTALLED
                                            .resolve("package.json")
                                            .toAbsolutePath()
                                            .toString(),
                            "KMS_ENDPOINT", kms.hostAndPort(),
                            "KMS_ACCESS_KEY_ID", key.id(),
                            "KMS_ACCESS_KEY_SECRET", key.secret()),
                    Path.of(""),
                    "node",
                    SOURCES.resolve("conformance.mjs").toString());

            Proves proves = TypeScriptSdkTest.class
                    .getDeclaredMethod("typeScriptSdk_checks_allPass")
                    .getAnnotation(Proves.class);
            assertThat(lines)
                    .containsExactlyInAnyOrderElementsOf(Stream.of(proves.value())
                            .map(row -> "passed\t" + row)
                            .toList());
        }
    }

    /** npm's own record in {@code node_modules} says whether the lock file was installed. */
    private static void install() throws IOException, InterruptedException {
        Path record = INSTALLED.resolve("node_modules").resolve(".package-lock.json");
        Path lock = INSTALLED.resolve("package-lock.json");
        if (Files.exists(record) && Files.mismatch(SOURCES.resolve("package-lock.json"), lock) == -1) {
            return;
        }
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(Map.of(), INSTALLED, "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
    }

    private static List<String> run(Map<String, String> environment, Path directory, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as("%s: %s", command[0], output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
