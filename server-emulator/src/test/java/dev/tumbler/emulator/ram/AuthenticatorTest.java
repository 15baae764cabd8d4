package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.ram.Authenticator.UnknownKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final String ACCOUNT = "1234567890123456";
    private static final String KEY = "LTAI-registered";
    private static final String SECRET = "registered-secret";
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final SettableTime time = new SettableTime("2026-11-24T10:00:00Z");
    private final AccessKeys keys = new AccessKeys();
    private final Authenticator lenient = new Authenticator(keys, ACCOUNT, UnknownKeys.ACCEPTED, time);
    private final Authenticator strict = new Authenticator(keys, ACCOUNT, UnknownKeys.REFUSED, time);

    AuthenticatorTest() {
        keys.register(new AccessKey(KEY, SECRET));
    }

    private static void assertRefused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class,
                        error -> assertThat(tuple(error.status(), error.code(), error.answer()))
                                .isEqualTo(tuple(status, code, message)));
    }

    @Nested
    class SignatureVersion1 {
        private final Map<String, String> parameters = new HashMap<>(Map.of(
                "Action", "GetSecretValue",
                "Version", "2016-01-20",
                "AccessKeyId", KEY,
                "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0",
                "SignatureNonce", "0123456789abcdef0123456789abcdef",
                "Timestamp", "2026-11-24T10:00:00Z",
                "SecretName", "orders/db"));

        private SignedRequest signed(String secret) {
            Map<String, String> complete = new HashMap<>(parameters);
            try {
                complete.put("Signature", Client.getRPCSignature(parameters, "POST", secret));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return request(complete);
        }

        private static SignedRequest request(Map<String, String> parameters) {
            // SDKs send these two beside the parameters, where they mean nothing.
            Map<String, String> headers = Map.of("x-acs-action", "GetSecretValue", "x-acs-version", "2016-01-20");
            return new SignedRequest("POST", parameters, Map.of(), headers, new byte[0]);
        }

        @Test
        void authenticate_withARegisteredKey_saysTheAccountAndTheKey() {
            assertThat(strict.authenticate(signed(SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        void authenticate_withAWrongSecret_isSignatureDoesNotMatchEndingInTheStringToSign() {
            parameters.put("VersionStage", "");

            assertRefused(
                    () -> lenient.authenticate(signed("wrong")),
                    400,
                    "SignatureDoesNotMatch",
                    "Specified signature is not matched with our calculation. server string to sign is:"
                            + "POST&%2F&AccessKeyId%3DLTAI-registered%26Action%3DGetSecretValue%26"
                            + "SecretName%3Dorders%252Fdb%26SignatureMethod%3DHMAC-SHA1%26"
                            + "SignatureNonce%3D0123456789abcdef0123456789abcdef%26SignatureVersion%3D1.0%26"
                            + "Timestamp%3D2026-11-24T10%253A00%253A00Z%26Version%3D2016-01-20%26VersionStage%3D");
        }

        @Test
        void authenticate_withAnUnknownKey_isAcceptedWheneverAndHoweverOftenItWasSigned() {
            parameters.put("AccessKeyId", "unknown");
            parameters.put("Timestamp", "2001-01-01T00:00:00Z");
            SignedRequest request = signed("whatever");

            assertThat(lenient.authenticate(request)).isEqualTo(new Caller(ACCOUNT, "unknown"));
            assertThat(lenient.authenticate(request)).isEqualTo(new Caller(ACCOUNT, "unknown"));
        }

        @Test
        @Proves("Wire/access-key/unknown")
        void authenticate_withAnUnknownKeyInStrictMode_isNotFound() {
            parameters.put("AccessKeyId", "unknown");

            assertRefused(
                    () -> strict.authenticate(signed("whatever")),
                    404,
                    "InvalidAccessKeyId.NotFound",
                    "Specified access key is not found.");
        }

        @Test
        @Proves("Wire/access-key/inactive")
        void authenticate_withADisabledKey_isInactiveEvenIfAllElseIsWrongToo() {
            keys.disable(KEY);
            parameters.put("Timestamp", "yesterday");

            assertRefused(
                    () -> lenient.authenticate(signed("wrong")),
                    400,
                    "InvalidAccessKeyId.Inactive",
                    "Specified access key is disabled.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-11-24T10:15:00Z", "2026-11-24T09:45:00Z"})
        void authenticate_signedExactlyFifteenMinutesAway_isAccepted(String timestamp) {
            parameters.put("Timestamp", timestamp);

            assertThat(strict.authenticate(signed(SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-11-24T10:15:01Z", "2026-11-24T09:44:59Z"})
        @Proves("Wire/timestamp/expired")
        void authenticate_signedOneSecondFurtherAway_isExpiredAndTellsTheTime(String timestamp) {
            parameters.put("Timestamp", timestamp);

            assertRefused(
                    () -> strict.authenticate(signed(SECRET)),
                    400,
                    "InvalidTimeStamp.Expired",
                    "Specified time stamp or date value is expired. The server's time is 2026-11-24T10:00:00Z; a"
                            + " request is accepted up to 15 minutes before and after it.");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-11-24T10:00:00.000Z",
                    "2026-11-24T10:00:00+00:00",
                    "2026-11-24 10:00:00",
                    "2026-02-30T10:00:00Z",
                    "1795514400",
                    "Tue, 24 Nov 2026 10:00:00 GMT"
                })
        @Proves("Wire/timestamp/format")
        void authenticate_withAnotherFormOfTime_isAFormatErrorForAnyKey(String timestamp) {
            parameters.put("Timestamp", timestamp);
            String message = "Specified time stamp or date value is not well formatted.";
            assertRefused(() -> strict.authenticate(signed(SECRET)), 400, "InvalidTimeStamp.Format", message);

            parameters.put("AccessKeyId", "unknown");
            assertRefused(() -> lenient.authenticate(signed(SECRET)), 400, "InvalidTimeStamp.Format", message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "AccessKeyId | 400 | MissingAccessKeyId | AccessKeyId is mandatory for this action.",
                    "Timestamp | 400 | IllegalTimestamp | The input parameter \"Timestamp\" that is mandatory for"
                            + " processing this request is not supplied.",
                    "SignatureMethod | 400 | IncompleteSignature | The request signature does not conform to Alibaba"
                            + " Cloud standards. The parameter SignatureMethod is missing.",
                    "SignatureVersion | 400 | IncompleteSignature | The request signature does not conform to Alibaba"
                            + " Cloud standards. The parameter SignatureVersion is missing.",
                    "Signature | 400 | IncompleteSignature | The request signature does not conform to Alibaba"
                            + " Cloud standards. The parameter Signature is missing.",
                })
        @Proves({"Wire/timestamp/missing", "Wire/signature/incomplete", "Wire/access-key/missing"})
        void authenticate_withAMissingOrEmptyParameter_isRefusedForAnyKey(
                String parameter, int status, String code, String message) {
            for (String key : List.of(KEY, "unknown")) {
                parameters.put("AccessKeyId", key);
                Map<String, String> complete = new HashMap<>(signed(SECRET).queryParameters());

                complete.put(parameter, "");
                assertRefused(() -> lenient.authenticate(request(complete)), status, code, message);

                complete.remove(parameter);
                assertRefused(() -> lenient.authenticate(request(complete)), status, code, message);
            }
        }

        @Test
        void authenticate_withNoParametersAtAll_isMissingAccessKeyId() {
            assertRefused(
                    () -> lenient.authenticate(new SignedRequest("GET", Map.of(), Map.of(), Map.of(), new byte[0])),
                    400,
                    "MissingAccessKeyId",
                    "AccessKeyId is mandatory for this action.");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "not base64!",
                    "AAAA",
                    "41wk2SSX1GJh7fwnc5eqOfiJPFg=AAAA",
                    "41wk2SSX1GJh fwnc5eqOfiJPFg="
                })
        void authenticate_withASignatureOfTheWrongShape_isIncompleteForAnyKey(String signature) {
            for (String key : List.of(KEY, "unknown")) {
                Map<String, String> complete = new HashMap<>(parameters);
                complete.put("AccessKeyId", key);
                complete.put("Signature", signature);

                assertRefused(
                        () -> lenient.authenticate(request(complete)),
                        400,
                        "IncompleteSignature",
                        "The request signature does not conform to Alibaba Cloud standards. The parameter Signature is"
                                + " not the Base64 form of an HMAC-SHA1; in a URL its + must be written %2B.");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "SignatureMethod, SHA256withRSA",
            "SignatureMethod, HMAC-SHA256",
            "SignatureMethod, hmac-sha1",
            "SignatureType, BEARERTOKEN",
            "SignatureType, PRIVATEKEY"
        })
        @Proves("Wire/signature/method")
        void authenticate_withAnotherAlgorithm_isInvalidSignatureMethod(String parameter, String value) {
            parameters.put(parameter, value);
            parameters.remove("AccessKeyId");

            assertRefused(
                    () -> lenient.authenticate(signed(SECRET)),
                    400,
                    "InvalidSignatureMethod",
                    "Specified signature method is not valid. Supported are HMAC-SHA1, without a SignatureType, and"
                            + " ACS3-HMAC-SHA256 in the Authorization header.");
        }

        @Test
        @Proves("Wire/signature/version")
        void authenticate_withAnotherSignatureVersion_isRefused() {
            parameters.put("SignatureVersion", "2.0");

            assertRefused(
                    () -> lenient.authenticate(signed(SECRET)),
                    400,
                    "InvalidSignatureVersion",
                    "Specified parameter SignatureVersion is not valid.");
        }

        @Test
        void authenticate_withoutANonce_isAcceptedEvenTwice() {
            parameters.remove("SignatureNonce");

            assertThat(strict.authenticate(signed(SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
            assertThat(strict.authenticate(signed(SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        @Proves("Wire/nonce/replayed")
        void authenticate_withAUsedNonce_isRefused() {
            strict.authenticate(signed(SECRET));

            assertRefused(
                    () -> strict.authenticate(signed(SECRET)),
                    400,
                    "SignatureNonceUsed",
                    "Specified signature nonce was used already.");
        }

        @Test
        void authenticate_withANonceThatAForgedRequestNamedFirst_isAccepted() {
            assertThatThrownBy(() -> strict.authenticate(signed("wrong"))).isInstanceOf(KmsError.class);

            assertThat(strict.authenticate(signed(SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        void authenticate_withANonceThatAnUnknownKeyUsed_isAccepted() {
            SignedRequest genuine = signed(SECRET);
            parameters.put("AccessKeyId", "unknown");
            lenient.authenticate(signed(SECRET));

            assertThat(lenient.authenticate(genuine)).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        void authenticate_withAReplayAtTheLatestPossibleTime_isStillRefused() {
            parameters.put("Timestamp", "2026-11-24T10:15:00Z");
            SignedRequest request = signed(SECRET);
            strict.authenticate(request);

            time.advance(Duration.ofMinutes(30));
            assertRefused(
                    () -> strict.authenticate(request),
                    400,
                    "SignatureNonceUsed",
                    "Specified signature nonce was used already.");
        }

        @Test
        @Timeout(30)
        void authenticate_withTheSameRequestFromManyThreads_succeedsExactlyOnce() throws Exception {
            int threads = 32;
            SignedRequest request = signed(SECRET);
            CyclicBarrier together = new CyclicBarrier(threads);
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                Callable<String> attempt = () -> {
                    together.await(20, TimeUnit.SECONDS);
                    try {
                        return strict.authenticate(request).accessKeyId();
                    } catch (KmsError e) {
                        return e.code();
                    }
                };
                List<Future<String>> attempts = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    attempts.add(executor.submit(attempt));
                }
                List<String> outcomes = new ArrayList<>();
                for (Future<String> each : attempts) {
                    outcomes.add(each.get());
                }

                assertThat(outcomes).containsOnlyOnce(KEY);
                assertThat(outcomes).filteredOn("SignatureNonceUsed"::equals).hasSize(threads - 1);
            } finally {
                executor.shutdownNow();
            }
        }

        /** A client that mixes up its credentials. */
        @Test
        void authenticate_withASecurityTokenOfALongTermKey_isMalformed() {
            parameters.put("SecurityToken", "CAIS-some-token");

            assertRefused(
                    () -> strict.authenticate(signed(SECRET)),
                    400,
                    "InvalidSecurityToken.Malformed",
                    "Specified SecurityToken is malformed.");
        }

        @Test
        void authenticate_withAKeyRegisteredLater_verifiesItFromThenOn() {
            parameters.put("AccessKeyId", "later");
            assertThat(lenient.authenticate(signed("wrong"))).isEqualTo(new Caller(ACCOUNT, "later"));

            keys.register(new AccessKey("later", "right"));

            assertThat(lenient.authenticate(signed("right"))).isEqualTo(new Caller(ACCOUNT, "later"));
            parameters.put("SignatureNonce", "another");
            assertThatThrownBy(() -> lenient.authenticate(signed("wrong"))).isInstanceOf(KmsError.class);
        }
    }

    @Nested
    class SignatureVersion3 {
        private final Map<String, String> query = new HashMap<>(Map.of("SecretName", "orders/db", "VersionStage", ""));
        private final Map<String, String> headers = new TreeMap<>(Map.of(
                "host", "127.0.0.1:49213",
                "x-acs-action", "GetSecretValue",
                "x-acs-version", "2016-01-20",
                "x-acs-date", "2026-11-24T10:00:00Z",
                "x-acs-signature-nonce", "0123456789abcdef0123456789abcdef",
                "x-acs-content-sha256", EMPTY_HASH));
        private byte[] body = {};

        private SignedRequest signed(String accessKeyId, String secret) {
            TeaRequest tea = new TeaRequest();
            tea.method = "POST";
            tea.pathname = "/";
            tea.query = query;
            tea.headers = new HashMap<>(headers);
            String hash = headers.getOrDefault("x-acs-content-sha256", "");
            try {
                return request(Client.getAuthorization(tea, "ACS3-HMAC-SHA256", hash, accessKeyId, secret));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private SignedRequest request(String authorization) {
            Map<String, String> complete = new HashMap<>(headers);
            complete.put("authorization", authorization);
            return new SignedRequest("POST", query, Map.of(), complete, body);
        }

        private void assertIncomplete(SignedRequest request, String detail) {
            assertRefused(
                    () -> lenient.authenticate(request),
                    400,
                    "IncompleteSignature",
                    "The request signature does not conform to Alibaba Cloud standards. " + detail);
        }

        @Test
        void authenticate_withARegisteredKey_saysTheAccountAndTheKey() {
            assertThat(strict.authenticate(signed(KEY, SECRET))).isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        void authenticate_withPartsInAnotherOrder_isAccepted() {
            String authorization = signed(KEY, SECRET).headers().get("authorization");
            String[] parts =
                    authorization.substring("ACS3-HMAC-SHA256 ".length()).split(",", -1);

            assertThat(strict.authenticate(request("ACS3-HMAC-SHA256 " + parts[2] + ", " + parts[0] + ", " + parts[1])))
                    .isEqualTo(new Caller(ACCOUNT, KEY));
        }

        @Test
        void authenticate_withAWrongSecret_isSignatureDoesNotMatchWithoutAnyParameter() {
            query.put("SecretData", "canary");

            assertThatThrownBy(() -> strict.authenticate(signed(KEY, "wrong")))
                    .isInstanceOfSatisfying(KmsError.class, error -> {
                        assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
                        assertThat(error.answer())
                                .matches("Specified signature is not matched with our calculation\\. server string to"
                                        + " sign is:ACS3-HMAC-SHA256\\n[0-9a-f]{64}");
                    });
        }

        @Test
        void authenticate_withABodyOtherThanTheSignedOne_isSignatureDoesNotMatch() {
            body = new byte[] {1};

            assertRefused(
                    () -> strict.authenticate(signed(KEY, SECRET)),
                    400,
                    "SignatureDoesNotMatch",
                    "Specified signature is not matched with our calculation. x-acs-content-sha256 is not the SHA-256"
                            + " of the body that arrived, in lower-case hexadecimal.");
        }

        @Test
        void authenticate_withAnUnknownKey_isAcceptedOrRefusedByMode() {
            SignedRequest request = signed("unknown", "whatever");

            assertThat(lenient.authenticate(request)).isEqualTo(new Caller(ACCOUNT, "unknown"));
            assertRefused(
                    () -> strict.authenticate(request),
                    404,
                    "InvalidAccessKeyId.NotFound",
                    "Specified access key is not found.");
        }

        @Test
        void authenticate_withAUsedNonce_isRefused() {
            strict.authenticate(signed(KEY, SECRET));

            assertRefused(
                    () -> strict.authenticate(signed(KEY, SECRET)),
                    400,
                    "SignatureNonceUsed",
                    "Specified signature nonce was used already.");
        }

        @Test
        void authenticate_sixteenMinutesLate_isExpired() {
            headers.put("x-acs-date", Instant.parse("2026-11-24T09:44:00Z").toString());

            assertThatThrownBy(() -> strict.authenticate(signed(KEY, SECRET)))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidTimeStamp.Expired"));
        }

        @Test
        void authenticate_withoutADate_isIllegalTimestamp() {
            headers.remove("x-acs-date");

            assertThatThrownBy(() -> lenient.authenticate(signed("unknown", SECRET)))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("IllegalTimestamp"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"host", "x-acs-action", "x-acs-version", "x-acs-signature-nonce", "x-acs-content-sha256"})
        void authenticate_withoutAMandatoryHeader_isIncompleteForAnyKey(String name) {
            headers.remove(name);

            assertIncomplete(signed(KEY, SECRET), "The header " + name + " is missing.");
            assertIncomplete(signed("unknown", SECRET), "The header " + name + " is missing.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x-acs-date", "x-acs-signature-nonce", "x-acs-security-token"})
        void authenticate_withAHeaderThatIsNotSigned_isIncomplete(String name) {
            String value = headers.getOrDefault(name, "added on the way");
            headers.remove(name);
            String authorization = signed(KEY, SECRET).headers().get("authorization");
            headers.put(name, value);

            assertIncomplete(request(authorization), "The header " + name + " is not among SignedHeaders.");
        }

        @Test
        void authenticate_withASignedHeaderThatDidNotArrive_isIncomplete() {
            headers.put("content-type", "text/plain");
            String authorization = signed(KEY, SECRET).headers().get("authorization");
            headers.remove("content-type");

            assertIncomplete(request(authorization), "SignedHeaders names a header that did not arrive.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "ACS3-HMAC-SHA256 | The Authorization header has no Credential.",
                    "ACS3-HMAC-SHA256 Credential= | The Authorization header has no Credential.",
                    "ACS3-HMAC-SHA256 Credential=unknown | The Authorization header has no Signature.",
                    "ACS3-HMAC-SHA256 Credential=unknown,Signature=12 | The Signature in the Authorization header is"
                            + " not 64 hexadecimal digits.",
                    "ACS3-HMAC-SHA256 Credential=unknown,Signature=zz | The Signature in the Authorization header is"
                            + " not 64 hexadecimal digits.",
                    "ACS3-HMAC-SHA256 Credential=unknown,Signature=" + EMPTY_HASH
                            + " | The Authorization header has no SignedHeaders."
                })
        void authenticate_withAnIncompleteAuthorization_isIncomplete(String authorization, String detail) {
            assertIncomplete(request(authorization), detail);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=00",
                    "ACS3-RSA-SHA256 Credential=a,SignedHeaders=host,Signature=00",
                    "ACS4-HMAC-SHA256 Credential=a/b/c,SignedHeaders=host,Signature=00",
                    "Bearer token"
                })
        void authenticate_withAnotherAlgorithm_isInvalidSignatureMethod(String authorization) {
            assertRefused(
                    () -> lenient.authenticate(request(authorization)),
                    400,
                    "InvalidSignatureMethod",
                    "Specified signature method is not valid. Supported in the Authorization header is"
                            + " ACS3-HMAC-SHA256.");
        }
    }

    @Test
    void toString_ofKeysAndRequests_showsNoSecret() {
        AccessKey key = new AccessKey("LTAI", "canary-secret");
        SignedRequest request = new SignedRequest(
                "POST",
                Map.of("SecretData", "canary-secret"),
                Map.of("SecretData", "canary-secret"),
                Map.of("authorization", "canary-secret"),
                "canary-secret".getBytes(StandardCharsets.UTF_8));
        keys.register(key);

        assertThat(key).hasToString("AccessKey[LTAI]");
        assertThat(request).hasToString("SignedRequest[POST]");
        assertThat(keys.find("LTAI")).hasToString("Optional[AccessKey[LTAI]]");
    }

    @Test
    void disable_ofAnUnregisteredKey_saysSo() {
        assertThat(keys.disable("nobody")).isFalse();
        assertThat(keys.disable(KEY)).isTrue();
        assertThat(keys.isEnabled(KEY)).isFalse();
        assertThat(keys.find(KEY)).contains(new AccessKey(KEY, SECRET));
    }
}
