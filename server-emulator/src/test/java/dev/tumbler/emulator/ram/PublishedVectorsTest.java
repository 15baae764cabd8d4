package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked examples of the service's documentation. */
class PublishedVectorsTest {
    private static final byte[] NO_BODY = {};

    /** KMS API reference, "Signature". */
    private static Map<String, String> createKey() {
        return new HashMap<>(Map.of(
                "Action", "CreateKey",
                "SignatureVersion", "1.0",
                "Format", "json",
                "Version", "2016-01-20",
                "AccessKeyId", "testid",
                "SignatureMethod", "HMAC-SHA1",
                "Timestamp", "2016-03-28T03:13:08Z",
                "Signature", "41wk2SSX1GJh7fwnc5eqOfiJPFg="));
    }

    /** "V3 request structure and signature". */
    private static SignedRequest runInstances(String imageId) {
        return new SignedRequest(
                "POST",
                Map.of("ImageId", imageId, "RegionId", "cn-shanghai"),
                Map.of(),
                Map.of(
                        "host", "ecs.cn-shanghai.aliyuncs.com",
                        "x-acs-action", "RunInstances",
                        "x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "x-acs-date", "2023-10-26T10:22:32Z",
                        "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                        "x-acs-version", "2014-05-26"),
                NO_BODY);
    }

    private static final String RUN_INSTANCES_AUTHORIZATION = "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
            + "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";

    @Test
    void signatureV1_ofTheDocumentedRequest_matches() {
        SignatureV1 signature = SignatureV1.of(new SignedRequest("GET", createKey(), Map.of(), Map.of(), NO_BODY));

        signature.requireWellFormed();
        assertThatCode(() -> signature.verify("testsecret")).doesNotThrowAnyException();
    }

    @Test
    void signatureV1_ofTheDocumentedRequestInAForm_matches() {
        SignatureV1 signature = SignatureV1.of(new SignedRequest("GET", Map.of(), createKey(), Map.of(), NO_BODY));

        assertThatCode(() -> signature.verify("testsecret")).doesNotThrowAnyException();
    }

    @Test
    void signatureV1_withAParameterInBothPlaces_signsTheOneOfTheQuery() {
        SignatureV1 signature =
                SignatureV1.of(new SignedRequest("GET", createKey(), Map.of("Action", "Other"), Map.of(), NO_BODY));

        assertThatCode(() -> signature.verify("testsecret")).doesNotThrowAnyException();
    }

    @Test
    void signatureV1_withOneParameterChanged_doesNotMatchAndTellsTheStringToSign() {
        Map<String, String> parameters = createKey();
        parameters.put("Action", "DeleteKey");
        SignatureV1 signature = SignatureV1.of(new SignedRequest("GET", parameters, Map.of(), Map.of(), NO_BODY));

        assertThatThrownBy(() -> signature.verify("testsecret"))
                .hasMessage("Specified signature is not matched with our calculation.")
                .isInstanceOfSatisfying(
                        KmsError.class,
                        error -> assertThat(error.answer())
                                .isEqualTo(error.getMessage() + " server string to sign is:"
                                        + "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDeleteKey%26Format%3Djson%26"
                                        + "SignatureMethod%3DHMAC-SHA1%26SignatureVersion%3D1.0%26"
                                        + "Timestamp%3D2016-03-28T03%253A13%253A08Z%26Version%3D2016-01-20"));
    }

    @Test
    void acs3_ofTheDocumentedRequest_matches() {
        Acs3Signature signature = Acs3Signature.of(
                runInstances("win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"), RUN_INSTANCES_AUTHORIZATION);

        signature.requireWellFormed();
        assertThatCode(() -> signature.verify("YourAccessKeySecret")).doesNotThrowAnyException();
    }

    @Test
    void acs3_withOneParameterChanged_doesNotMatch() {
        Acs3Signature signature = Acs3Signature.of(runInstances("other.vhd"), RUN_INSTANCES_AUTHORIZATION);

        assertThatThrownBy(() -> signature.verify("YourAccessKeySecret"))
                .isInstanceOfSatisfying(
                        KmsError.class,
                        error -> assertThat(error.answer())
                                .matches("Specified signature is not matched with our calculation\\. server string to"
                                        + " sign is:ACS3-HMAC-SHA256\\n[0-9a-f]{64}"));
    }
}
