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

    @ConformanceTest
    @Proves({"Wire/signature/v1", "Wire/signature/scheme"})
    void hmacSha1_overAllParameters_isVerified(Kms kms, OfficialSdk sdk) {
        requires(sdk == OfficialSdk.V2_SIGNATURE_V1);
        assertTextComesBack(kms);
    }

    @ConformanceTest
    @Proves("Wire/signature/acs3")
    void acs3_overHeadersQueryAndBody_isVerified(Kms kms, OfficialSdk sdk) {
        requires(sdk == OfficialSdk.V2_ACS3 || sdk == OfficialSdk.CLASSIC_JSON || sdk == OfficialSdk.V2_ASYNC);
        assertTextComesBack(kms);
    }

    @ConformanceTest
    @Proves("Wire/Format/json")
    void json_isUtf8(Kms kms, OfficialSdk sdk) {
        requires(sdk != OfficialSdk.CLASSIC_XML);
        assertTextComesBack(kms);
    }

    @ConformanceTest
    @Proves("Wire/Format/xml")
    void xml_isReadToo(Kms kms, OfficialSdk sdk) {
        requires(sdk == OfficialSdk.CLASSIC_XML);
        assertTextComesBack(kms);
    }

    /** What percent-encoding, XML and JSON each write otherwise. */
    private static void assertTextComesBack(Kms kms) {
        String text = "密钥 <&\"'> \\u0041 %20+~* \n\t";
        kms.createSecret(kms.name("text"), text, "Description", text);
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("text"))).containsEntry("SecretData", text);
        assertThat(kms.call("DescribeSecret", "SecretName", kms.name("text"))).containsEntry("Description", text);
    }

    private static void requires(boolean isOf) {
        if (!isOf) {
            throw new NotSayable("This SDK signs or reads otherwise", null);
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
