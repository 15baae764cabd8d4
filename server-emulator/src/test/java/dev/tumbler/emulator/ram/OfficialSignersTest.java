package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import com.aliyuncs.auth.AcsURLEncoder;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.RpcSignatureComposer;
import com.aliyuncs.auth.Signer;
import com.aliyuncs.http.MethodType;
import dev.tumbler.emulator.conformance.AnyText;
import dev.tumbler.emulator.error.KmsError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The signers of the official SDKs as referee, on any request. */
class OfficialSignersTest {
    @Property
    void percentEncoding_ofAnyText_isThatOfBothSdks(@ForAll("texts") String text) throws Exception {
        assertThat(PercentEncoding.encode(text))
                .isEqualTo(Client.percentEncode(text))
                .isEqualTo(AcsURLEncoder.percentEncode(text));
    }

    @Property
    void signatureV1_ofSdkV2_matchesAlthoughItLeavesEmptyParametersOut(
            @ForAll("parameters") Map<String, String> any, @ForAll("secrets") String secret) throws Exception {
        Map<String, String> parameters = complete(any);
        parameters.put("Signature", Client.getRPCSignature(parameters, "POST", secret));

        assertV1Matches(new SignedRequest("POST", parameters, Map.of(), Map.of(), new byte[0]), secret);
    }

    @Property
    void signatureV1_ofTheClassicSdk_matchesWithEmptyParametersSigned(
            @ForAll("parameters") Map<String, String> any,
            @ForAll("parameters") Map<String, String> form,
            @ForAll("secrets") String secret) {
        Map<String, String> query = complete(any);
        Map<String, String> union = new HashMap<>(form);
        union.putAll(query);
        Signer signer = Signer.getSigner(new BasicCredentials("id", "secret"));
        String stringToSign = RpcSignatureComposer.getComposer()
                .composeStringToSign(MethodType.POST, null, signer, union, Map.of(), Map.of());
        query.put("Signature", signer.signString(stringToSign, secret + "&"));

        SignedRequest request = new SignedRequest("POST", query, form, Map.of(), new byte[0]);
        assertV1Matches(request, secret);
        assertThatThrownBy(() -> SignatureV1.of(request).verify(secret + "x"))
                .hasMessage("Specified signature is not matched with our calculation.")
                .isInstanceOfSatisfying(
                        KmsError.class,
                        error -> assertThat(error.answer())
                                .isEqualTo(error.getMessage() + " server string to sign is:" + stringToSign));
    }

    @Property
    void acs3_ofSdkV2_matches(
            @ForAll("parameters") Map<String, String> query,
            @ForAll("texts") String text,
            @ForAll boolean hasContentType,
            @ForAll("secrets") String secret)
            throws Exception {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(Hmac.digestSha256(body));
        Map<String, String> headers = new TreeMap<>(Map.of(
                "host", "127.0.0.1:49213",
                "x-acs-action", "GetSecretValue",
                "x-acs-version", "2016-01-20",
                "x-acs-date", "2026-11-24T10:00:00Z",
                "x-acs-signature-nonce", "0123456789abcdef",
                "x-acs-content-sha256", hash,
                "user-agent", "not signed"));
        if (hasContentType) {
            headers.put("content-type", " application/octet-stream ");
        }
        TeaRequest tea = new TeaRequest();
        tea.method = "POST";
        tea.pathname = "/";
        tea.query = query;
        tea.headers = headers;
        headers.put("authorization", Client.getAuthorization(tea, "ACS3-HMAC-SHA256", hash, "id", secret));

        Acs3Signature signature = Acs3Signature.of(
                new SignedRequest("POST", query, Map.of(), headers, body), headers.get("authorization"));
        signature.requireWellFormed();
        assertThat(signature.accessKeyId()).isEqualTo("id");
        assertThatCode(() -> signature.verify(secret)).doesNotThrowAnyException();
        assertThatThrownBy(() -> signature.verify(secret + "x")).isInstanceOf(KmsError.class);
    }

    private static void assertV1Matches(SignedRequest request, String secret) {
        SignatureV1 signature = SignatureV1.of(request);
        signature.requireWellFormed();
        assertThatCode(() -> signature.verify(secret)).doesNotThrowAnyException();
        assertThatThrownBy(() -> signature.verify(secret + "x")).isInstanceOf(KmsError.class);
    }

    private static Map<String, String> complete(Map<String, String> any) {
        Map<String, String> parameters = new HashMap<>(any);
        parameters.putAll(Map.of(
                "AccessKeyId", "id",
                "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0",
                "VersionStage", ""));
        return parameters;
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyText.arbitrary();
    }

    @Provide
    Arbitrary<String> secrets() {
        return AnyText.arbitrary().map(text -> "s" + text);
    }

    @Provide
    Arbitrary<Map<String, String>> parameters() {
        return Arbitraries.maps(AnyText.arbitrary().map(text -> "P" + text), AnyText.arbitrary())
                .ofMaxSize(8);
    }
}
