package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The unmodified Secret Client, {@code com.aliyun:alibabacloud-secretsmanager-client}, over https. In a JVM of its own,
 * as a program would use it: it shares its HTTP client and TLS settings with every classic SDK client of a JVM, and
 * leaves a thread behind that keeps a JVM alive.
 */
class SecretClientTest {
    @Test
    @Timeout(90)
    @Proves(
            value = {"Wire/clients/secret-client", "Wire/transport/https"},
            by = "Secret Client")
    void secretClient_readsASecret() throws Exception {
        try (KmsEmulator kms = KmsEmulator.start()) {
            AccessKey key = kms.createAccessKey();
            new Client(new Config()
                            .setEndpoint(kms.hostAndPort())
                            .setProtocol("HTTP")
                            .setAccessKeyId(key.id())
                            .setAccessKeySecret(key.secret()))
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("mail/smtp")
                            .setVersionId("v1")
                            .setSecretData("line 1\r\nline 2 <&> 密码"));

            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dfile.encoding=UTF-8",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SecretClientProgram.class.getName(),
                    kms.hostAndPort(),
                    "mail/smtp");
            program.environment().put("KEY_ID", key.id());
            program.environment().put("KEY_SECRET", key.secret());
            Process process = program.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("v1: line 1\\r\\nline 2 <&> \\u5bc6\\u7801");
            assertThat(process.exitValue()).isZero();
        }
    }
}
