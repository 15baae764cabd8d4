package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.SignatureCheck;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client keys in a key store of the JDK's own keytool, which the official clients open as well. */
class ClientKeyTest {
    private static final String PASSWORD = "c4nary-password";

    @TempDir
    private static Path files;

    private static Path file;
    private static PublicKey publicKey;

    @BeforeAll
    static void makeKey() throws Exception {
        KeyStore store = keyStore("RSA");
        publicKey = store.getCertificate("key").getPublicKey();
        file = write("clientKey.json", "KAAP.1", files.resolve("RSA.p12"));
    }

    @ParameterizedTest
    @EnumSource
    void request_withAClientKey_isSignedByIt(SignatureMethod method) throws Exception {
        try (KmsStub kms = new KmsStub();
                SecretsClient client = kms.client()
                        .credentials(CredentialsProvider.of(ClientKey.read(file, PASSWORD)))
                        .signatureMethod(method)
                        .build()) {
            kms.value("mail", "ACSCurrent", "v1", "x");

            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");

            assertThat(kms.requests()).singleElement().satisfies(sent -> {
                assertThat(sent)
                        .containsEntry("AccessKeyId", "KAAP.1")
                        .containsEntry("SignatureMethod", "SHA256withRSA")
                        .containsEntry("SignatureType", "PRIVATEKEY")
                        .containsEntry("SignatureVersion", "1.0");
                assertThat(SignatureCheck.isSignedByRsa(sent, publicKey)).isTrue();
            });
        }
    }

    @Test
    void refusal_ofAClientKey_saysWhichAndWhatToCheck() {
        try (KmsStub kms = new KmsStub();
                SecretsClient client = kms.client()
                        .credentials(CredentialsProvider.of(ClientKey.read(file, PASSWORD)))
                        .build()) {
            kms.answerWith(parameters -> KmsStub.error(400, "SignatureDoesNotMatch", ""));
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOf(KmsServiceException.class)
                    .hasMessageContaining("Check the private key of the client key KAAP.1");

            kms.answerWith(parameters -> KmsStub.error(403, "Forbidden.AccessKey", ""));
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("The client key KAAP.1 does not exist");
        }
    }

    @Test
    void clientKey_ofAFile_isThatOfItsContent() throws Exception {
        ClientKey key = ClientKey.read(file, PASSWORD);

        assertThat(key.keyId()).isEqualTo("KAAP.1");
        assertThat(key).isEqualTo(ClientKey.parse(Files.readString(file), PASSWORD));
        assertThat(key).isEqualTo(ClientKey.of("KAAP.1", key.privateKey()));
        assertThat(key).isNotEqualTo(ClientKey.of("KAAP.2", key.privateKey()));
        assertThat(key).hasToString("ClientKey[keyId=KAAP.1]");
    }

    @Test
    void read_withAnotherPassword_saysSo() {
        assertThatThrownBy(() -> ClientKey.read(file, "c4nary-wrong"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(file + " cannot be opened; is it the right password?")
                .hasStackTraceContaining("password")
                .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("c4nary"));
    }

    @Test
    void read_ofNoFile_namesIt() {
        assertThatThrownBy(() -> ClientKey.read(files.resolve("none.json"), PASSWORD))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("there is no file " + files.resolve("none.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c4nary",
                "[]",
                "{}",
                "{\"KeyId\":\"KAAP.1\"}",
                "{\"KeyId\":{},\"PrivateKeyData\":\"\"}",
                "{\"KeyId\":\"KAAP.1\",\"PrivateKeyData\":\"c4nary!\"}"
            })
    void parse_ofSomethingElse_saysWhatFormItHas(String json) {
        assertThatThrownBy(() -> ClientKey.parse(json, PASSWORD))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("the client key has not the form {\"KeyId\":...,\"PrivateKeyData\":...}")
                .hasNoCause();
    }

    @Test
    void read_ofAKeyThatIsNotOfRsa_isRefused() throws Exception {
        KeyStore unused = keyStore("EC");
        Path other = write("ec.json", "KAAP.1", files.resolve("EC.p12"));

        assertThatThrownBy(() -> ClientKey.read(other, PASSWORD))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(other + " holds no RSA key");
        assertThatThrownBy(() -> ClientKey.of(
                        "KAAP.1",
                        KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("privateKey is one of EC, not of RSA");
    }

    @Test
    void ramRole_ofAClientKey_isRefused() {
        CredentialsProvider provider = CredentialsProvider.ramRole(
                RamRole.of("acs:ram::1:role/reader"), CredentialsProvider.of(ClientKey.read(file, PASSWORD)));

        assertThatThrownBy(provider::credentials)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("takes access keys only");
    }

    private static KeyStore keyStore(String algorithm) throws Exception {
        Path store = files.resolve(algorithm + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=test",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(files.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            opened.load(content, PASSWORD.toCharArray());
        }
        return opened;
    }

    private static Path write(String name, String keyId, Path store) throws Exception {
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(store));
        return Files.writeString(
                files.resolve(name), "{\"KeyId\":\"" + keyId + "\",\"PrivateKeyData\":\"" + data + "\"}");
    }
}
