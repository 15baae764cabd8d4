package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the suite says of a request as a whole: signatures, formats, transport. */
class WireTest {
    @ConformanceTest
    @Proves({"Wire/signature/wrong"})
    void wrongAccessKeySecret_isRefused(Kms right, KmsEmulator kms, OfficialSdk sdk) {
        right.createSecret("a", "x");
        AccessKey key = kms.createAccessKey();
        try (Sdk wrong =
                sdk.connect("HTTP", kms.hostAndPort(), kms.region(), new AccessKey(key.id(), "not-the-secret"))) {
            ServiceError error = new Kms(wrong, "", Map.of())
                    .assertRefused(
                            400,
                            // The classic SDK compares the string to sign with its own, to the last character.
                            sdk.isClassic() ? "SDK.InvalidAccessKeySecret" : "SignatureDoesNotMatch",
                            "GetSecretValue",
                            "SecretName",
                            "a");
            if (!sdk.isClassic()) {
                assertThat(error).hasMessageStartingWith("Specified signature is not matched with our calculation.");
            }
        }
    }

    @Test
    @Timeout(60)
    @Proves(value = "Wire/transport/https", by = "SDK V2, ACS3")
    void https_withOurCertificateAuthority_works() throws Exception {
        try (KmsEmulator kms = KmsEmulator.start()) {
            AccessKey key = kms.createAccessKey();
            Client client = new Client(new Config()
                    .setEndpoint(kms.hostAndPort())
                    .setProtocol("HTTPS")
                    .setCa(kms.caCertificate())
                    .setAccessKeyId(key.id())
                    .setAccessKeySecret(key.secret()));
            assertThat(client.createSecret(new CreateSecretRequest()
                                    .setSecretName("over/tls")
                                    .setVersionId("v1")
                                    .setSecretData("x"))
                            .getBody()
                            .getSecretName())
                    .isEqualTo("over/tls");
        }
    }
}
