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
import dev.tumbler.emulator.error.KmsError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The signers of the official SDKs as referee, on random requests. */
class OfficialSignersTest {
    private static final int REQUESTS = 300;
    private static final int[] CHARACTERS = "abzAZ019-_.~*+ %&=/?#!'()\"\\<>{}\r\n\tü山中商事𠮷🔑\u0000\u007f\u2028"
            .codePoints()
            .toArray();

    private final Random random = new Random(20160120);

    @Test
    void percentEncoding_ofAnyText_isThatOfBothSdks() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            String text = text(40);

            String encoded = PercentEncoding.encode(text);

            assertThat(encoded).isEqualTo(Client.percentEncode(text)).isEqualTo(AcsURLEncoder.percentEncode(text));
        }
    }

    @Test
    void signatureV1_ofSdkV2_matchesAlthoughItLeavesEmptyParametersOut() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            Map<String, String> parameters = parameters();
            String secret = "s" + text(30);
            parameters.put("Signature", Client.getRPCSignature(parameters, "POST", secret));

            assertV1Matches(new SignedRequest("POST", parameters, Map.of(), Map.of(), new byte[0]), secret);
        }
    }

    @Test
    void signatureV1_ofTheClassicSdk_matchesWithEmptyParametersSigned() {
        Signer signer = Signer.getSigner(new BasicCredentials("id", "secret"));
        for (int i = 0; i < REQUESTS; i++) {
            Map<String, String> query = parameters();
            Map<String, String> form = new HashMap<>(Map.of("Form" + text(5), text(20)));
            String secret = "s" + text(30);
            Map<String, String> union = new HashMap<>(form);
            union.putAll(query);
            String stringToSign = RpcSignatureComposer.getComposer()
                    .composeStringToSign(MethodType.POST, null, signer, union, Map.of(), Map.of());
            query.put("Signature", signer.signString(stringToSign, secret + "&"));

            SignedRequest request = new SignedRequest("POST", query, form, Map.of(), new byte[0]);
            assertV1Matches(request, secret);
            assertThatThrownBy(() -> SignatureV1.of(request).verify(secret + "x"))
                    .isInstanceOf(KmsError.class)
                    .hasMessage("Specified signature is not matched with our calculation. server string to sign is:"
                            + stringToSign);
        }
    }

    @Test
    void acs3_ofSdkV2_matches() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = text(50).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of().formatHex(Hmac.digestSha256(body));
            Map<String, String> headers = new TreeMap<>(Map.of(
                    "host", "127.0.0.1:" + random.nextInt(65536),
                    "x-acs-action", "GetSecretValue",
                    "x-acs-version", "2016-01-20",
                    "x-acs-date", "2026-11-24T10:00:00Z",
                    "x-acs-signature-nonce", Long.toHexString(random.nextLong()),
                    "x-acs-content-sha256", hash,
                    "user-agent", "not signed"));
            if (random.nextBoolean()) {
                headers.put("content-type", " application/octet-stream ");
            }
            TeaRequest tea = new TeaRequest();
            tea.method = "POST";
            tea.pathname = "/";
            tea.query = parameters();
            tea.headers = headers;
            String secret = "s" + text(30);
            headers.put("authorization", Client.getAuthorization(tea, "ACS3-HMAC-SHA256", hash, "id", secret));

            Acs3Signature signature = Acs3Signature.of(
                    new SignedRequest("POST", tea.query, Map.of(), headers, body), headers.get("authorization"));
            signature.requireWellFormed();
            assertThat(signature.accessKeyId()).isEqualTo("id");
            assertThatCode(() -> signature.verify(secret)).doesNotThrowAnyException();
            assertThatThrownBy(() -> signature.verify(secret + "x")).isInstanceOf(KmsError.class);
        }
    }

    private static void assertV1Matches(SignedRequest request, String secret) {
        SignatureV1 signature = SignatureV1.of(request);
        signature.requireWellFormed();
        assertThatCode(() -> signature.verify(secret)).doesNotThrowAnyException();
        assertThatThrownBy(() -> signature.verify(secret + "x")).isInstanceOf(KmsError.class);
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "AccessKeyId", "id",
                "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0",
                "VersionStage", ""));
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            parameters.put("P" + text(6), random.nextInt(4) == 0 ? "" : text(40));
        }
        return parameters;
    }

    private String text(int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
