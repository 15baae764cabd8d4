package dev.tumbler.client.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors, and the shape of what leaves. */
class SignerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T04:05:06.789Z");

    @Test
    void rpcSignature_ofThePublishedExample_isThePublishedOne() {
        Map<String, String> parameters = Map.of(
                "Action", "CreateKey",
                "SignatureVersion", "1.0",
                "Format", "json",
                "Version", "2016-01-20",
                "AccessKeyId", "testid",
                "SignatureMethod", "HMAC-SHA1",
                "Timestamp", "2016-03-28T03:13:08Z");

        assertThat(RpcV1Signer.hmac(RpcV1Signer.stringToSign("GET", parameters), "testsecret"))
                .isEqualTo("41wk2SSX1GJh7fwnc5eqOfiJPFg=");
    }

    @Test
    void acs3Authorization_ofThePublishedExample_isThePublishedOne() {
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));
        String query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai";

        String authorization = Acs3Signer.authorization(
                query, headers, new SigningKey.Hmac("YourAccessKeyId", "YourAccessKeySecret", null));

        assertThat(authorization)
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"a b|a%20b", "a*b|a%2Ab", "a~b|a~b", "a+b|a%2Bb", "/=&|%2F%3D%26", "\u4f60|%E4%BD%A0", "-_.|-_."},
            delimiter = '|')
    void percentEncoding_ofReservedCharacters_followsRfc3986(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
    }

    @Test
    void acs3_withSecurityToken_signsTokenAndKeyId() {
        SignedRequest request = sign(Signer.acs3(), new SigningKey.Hmac("ak", "sk", "token"), false);

        assertThat(request.headers())
                .containsEntry("x-acs-security-token", "token")
                .containsEntry("x-acs-accesskey-id", "ak")
                .containsEntry("x-acs-date", "2026-11-24T04:05:06Z")
                .hasEntrySatisfying(
                        "authorization",
                        value -> assertThat(value)
                                .contains(
                                        "SignedHeaders=content-type;host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;"
                                                + "x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,"));
    }

    @Test
    void acs3_withParametersInQuery_hasNoBodyAndNoContentType() {
        SignedRequest request = sign(Signer.acs3(), new SigningKey.Hmac("ak", "sk", null), true);

        assertThat(request.query()).isEqualTo("SecretName=orders%2Fdb");
        assertThat(request.form()).isEmpty();
        assertThat(request.headers()).doesNotContainKey("content-type");
    }

    @Test
    void rpcV1_withSecurityToken_sendsItAsParameter() {
        SignedRequest request = sign(Signer.rpcV1(), new SigningKey.Hmac("ak", "sk", "token"), false);

        assertThat(request.query()).isEmpty();
        assertThat(request.form())
                .startsWith(
                        "AccessKeyId=ak&Action=GetSecretValue&Format=JSON&SecretName=orders%2Fdb&SecurityToken=token"
                                + "&Signature=")
                .endsWith("&SignatureMethod=HMAC-SHA1&SignatureNonce=nonce&SignatureVersion=1.0"
                        + "&Timestamp=2026-11-24T04%3A05%3A06Z&Version=2016-01-20");
    }

    private static SignedRequest sign(Signer signer, SigningKey key, boolean inQuery) {
        ApiCall call = new ApiCall("GetSecretValue", Map.of("SecretName", "orders/db"));
        return signer.sign(call, "127.0.0.1:1", key, NOW, "nonce", inQuery);
    }
}
