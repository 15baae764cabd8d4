package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.http.CertificateAuthority;
import dev.tumbler.emulator.http.HttpEngine;
import dev.tumbler.emulator.http.HttpHandler;
import dev.tumbler.emulator.http.HttpRequest;
import dev.tumbler.emulator.http.HttpResponse;
import dev.tumbler.emulator.ram.Authenticator.UnknownKeys;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified SDKs against the real engine, in each form of signature that they have. */
@Timeout(60)
class OfficialSdkAuthenticationTest {
    private static final String SECRET_DATA = "山 *~+%&='\"\n𠮷" + "中".repeat(10_000);

    private final Authenticator authenticator = authenticator();
    private final HttpEngine engine = HttpEngine.start(
            InetAddress.getLoopbackAddress(),
            0,
            CertificateAuthority.create(InstantSource.system()),
            new AuthenticatingHandler());

    private static Authenticator authenticator() {
        AccessKeys keys = new AccessKeys();
        keys.register(new AccessKey("LTAI", "right"));
        return new Authenticator(keys, "1234567890123456", UnknownKeys.REFUSED, InstantSource.system());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Client sdkV2(String signatureAlgorithm, String secret) throws Exception {
        return new Client(new Config()
                .setAccessKeyId("LTAI")
                .setAccessKeySecret(secret)
                .setEndpoint("127.0.0.1:" + engine.port())
                .setProtocol("HTTP")
                .setSignatureAlgorithm(signatureAlgorithm));
    }

    private static CreateSecretRequest createSecret() {
        // An empty parameter, which each SDK signs in its own way.
        return new CreateSecretRequest()
                .setSecretName("orders/db")
                .setVersionId("v1")
                .setDescription("")
                .setSecretData(SECRET_DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void sdkV2_withTheRightSecret_isLetIn(String signatureAlgorithm) throws Exception {
        Client client = sdkV2(signatureAlgorithm, "right");

        // Twice: the second nonce must be another.
        for (int i = 0; i < 2; i++) {
            assertThat(client.createSecret(createSecret()).getBody().getSecretName())
                    .isEqualTo("LTAI");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void sdkV2_withAWrongSecret_isRefused(String signatureAlgorithm) throws Exception {
        Client client = sdkV2(signatureAlgorithm, "wrong");

        assertThatThrownBy(() -> client.createSecret(createSecret()))
                .isInstanceOfSatisfying(
                        TeaException.class, error -> assertThat(error.getCode()).isEqualTo("SignatureDoesNotMatch"));
    }

    @Test
    void sdkV2_withAnotherAlgorithm_isTold() throws Exception {
        Client client = sdkV2("ACS3-HMAC-SM3", "right");

        assertThatThrownBy(() -> client.createSecret(createSecret()))
                .isInstanceOfSatisfying(
                        TeaException.class, error -> assertThat(error.getCode()).isEqualTo("InvalidSignatureMethod"));
    }

    private com.aliyuncs.kms.model.v20160120.CreateSecretRequest classicRequest(SignatureVersion version) {
        var request = new com.aliyuncs.kms.model.v20160120.CreateSecretRequest();
        request.setSysEndpoint("127.0.0.1:" + engine.port());
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysSignatureVersion(version);
        request.setSecretName("orders/db");
        request.setVersionId("v1");
        request.setDescription("");
        request.setSecretData(SECRET_DATA);
        return request;
    }

    @ParameterizedTest
    @EnumSource(SignatureVersion.class)
    void classicSdk_withTheRightSecret_isLetIn(SignatureVersion version) throws Exception {
        var client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", "LTAI", "right"));

        for (int i = 0; i < 2; i++) {
            assertThat(client.getAcsResponse(classicRequest(version)).getSecretName())
                    .isEqualTo("LTAI");
        }
    }

    /** It compares the string to sign that the answer ends with; under V3 it compares the canonical request in vain. */
    @ParameterizedTest
    @CsvSource({"V1, SDK.InvalidAccessKeySecret", "V3, SignatureDoesNotMatch"})
    void classicSdk_withAWrongSecret_findsOutUnderV1ThatOnlyTheSecretIsWrong(SignatureVersion version, String code) {
        var client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", "LTAI", "wrong"));

        assertThatThrownBy(() -> client.getAcsResponse(classicRequest(version)))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        error -> assertThat(error.getErrCode()).isEqualTo(code));
    }

    /** Answers with the access key as the name of the secret. */
    private final class AuthenticatingHandler implements HttpHandler {
        @Override
        public CompletionStage<HttpResponse> handle(HttpRequest request) {
            try {
                Caller caller = authenticator.authenticate(new SignedRequest(
                        request.method(),
                        decoded(request.rawQuery()),
                        decoded(new String(request.body(), StandardCharsets.UTF_8)),
                        request.headers(),
                        request.body()));
                return answer(200, Map.of("RequestId", "r", "SecretName", caller.accessKeyId()));
            } catch (KmsError e) {
                return answer(e.status(), Map.of("RequestId", "r", "Code", e.code(), "Message", e.answer()));
            }
        }

        @Override
        public HttpResponse refuse(Refusal refusal) {
            throw new AssertionError(refusal);
        }

        private static CompletionStage<HttpResponse> answer(int status, Map<String, String> members) {
            return CompletableFuture.completedFuture(new HttpResponse(
                    status,
                    Map.of("Content-Type", "application/json;charset=utf-8"),
                    new Gson()
                            .newBuilder()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(members)
                            .getBytes(StandardCharsets.UTF_8)));
        }

        private static Map<String, String> decoded(String form) {
            Map<String, String> parameters = new HashMap<>();
            for (String pair : form.isEmpty() ? new String[0] : form.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return parameters;
        }
    }
}
