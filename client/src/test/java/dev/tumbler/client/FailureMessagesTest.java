package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.internal.signing.SignedRequest;
import dev.tumbler.client.internal.signing.Signer;
import dev.tumbler.client.internal.signing.SigningKey;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody reads who was woken up: what was attempted where, what came back, what to do, which id to quote. */
@Timeout(60)
class FailureMessagesTest {
    private static final String SECRET_KEY = "c4nary-key";

    private final VirtualTime time = new VirtualTime();
    private final KmsEmulator kms =
            KmsEmulator.builder().strictAuthentication().realTime(time).start();
    private final AccessKey owner = kms.createAccessKey();

    @BeforeEach
    void createSecret() {
        try (SecretsClient client = client(UnaryOperator.identity())) {
            client.createSecret(r -> r.secretName("orders/db").versionId("v1").secretData("x"));
        }
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void notFound_saysWhichSecretAndWhereToLook() {
        KmsException e = failure(UnaryOperator.identity(), client -> client.getSecretValue("ordres/db"));

        assertReads(
                e,
                "GetSecretValue \"ordres/db\" at " + host() + ": Forbidden.ResourceNotFound (404), request " + id(e)
                        + "\n"
                        + "  The service says: Resource not found. Similar names that exist: \"orders/db\".\n"
                        + "  No secret has this name, or it has no such version or stage."
                        + " Check name, region and account.");
    }

    @Test
    void notFound_ofAVersion_saysWhichVersion() {
        KmsException e = failure(
                UnaryOperator.identity(),
                client -> client.getSecretValue(r -> r.secretName("orders/db").versionId("v9")));

        assertThat(e).hasMessageStartingWith("GetSecretValue \"orders/db\", VersionId v9, at " + host() + ": ");
    }

    @Test
    void accessDenied_saysWhatToGrantToWhom() {
        RamUser app = kms.ram().user("app");
        KmsException e = failure(as(app.createAccessKey()), FailureMessagesTest::read);

        assertReads(
                e,
                "GetSecretValue \"orders/db\" at " + host() + ": Forbidden.NoPermission (403), request " + id(e) + "\n"
                        + "  The service says: This operation for"
                        + " acs:kms:cn-hangzhou:1234567890123456:secret/orders/db is forbidden by permission system.\n"
                        + "  Grant kms:GetSecretValue on this secret to " + app.id()
                        + ", and kms:Decrypt on its key if it was given one.");
    }

    @Test
    void accessDenied_toWhatNeedsNoKey_speaksOfNone() {
        RamUser app = kms.ram().user("app");
        KmsException e = failure(as(app.createAccessKey()), client -> client.describeSecret("orders/db"));

        assertThat(e).hasMessageEndingWith("\n  Grant kms:DescribeSecret on this secret to " + app.id() + ".");
    }

    @Test
    void accessDenied_onTheKeyOfTheSecret_saysSo() throws Exception {
        String key = createKey();
        try (SecretsClient client = client(UnaryOperator.identity())) {
            client.createSecret(
                    r -> r.secretName("sealed").versionId("v1").secretData("x").encryptionKeyId(key));
        }
        RamUser app = kms.ram().user("app").allow("kms:GetSecretValue");
        KmsException e = failure(as(app.createAccessKey()), client -> client.getSecretValue("sealed"));

        assertReads(
                e,
                "GetSecretValue \"sealed\" at " + host() + ": Forbidden.NoPermission (403), request " + id(e) + "\n"
                        + "  The service says: This operation for acs:kms:cn-hangzhou:1234567890123456:key/" + key
                        + " is forbidden by permission system.\n"
                        + "  Grant kms:Decrypt on the secret's key to " + app.id() + ".");
    }

    @Test
    void accessDenied_toAWrite_quotesNothing() {
        RamUser app = kms.ram().user("app");
        KmsException e =
                failure(as(app.createAccessKey()), client -> client.putSecretValue("orders/db", "v2", app.id()));

        assertThat(e)
                .hasMessageContaining("Grant kms:PutSecretValue on this secret to the caller")
                .hasMessageNotContaining(app.id());
    }

    @Test
    void throttled_saysWhatHelps() {
        kms.faults().on(KmsAction.GET_SECRET_VALUE).respond(Fault.throttled());
        KmsException e = failure(UnaryOperator.identity(), FailureMessagesTest::read);

        assertReads(
                e,
                "GetSecretValue \"orders/db\" at " + host() + ": Rejected.Throttling (429) after 5 attempts, request "
                        + id(e) + "\n"
                        + "  The service says: QPS Limit Exceeded\n"
                        + "  Too many requests of this account in this region. Read through a SecretCache, spread the calls,"
                        + " or have the quota raised.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvalidParameter | 400 | Correct the parameter",
                "MissingParameter.VersionId | 400 | Correct the parameter",
                "Rejected.Unavailable | 409 | KMS instance has expired",
                "Rejected.LimitExceeded | 400 | quota",
                "Forbidden.InDebt | 403 | in debt",
                "Forbidden.InDebtOverdue | 403 | in debt",
                "Forbidden.KmsServiceNotEnabled | 403 | Activate KMS",
                "Forbidden.ProhibitedByRiskControl | 403 | risk control",
                "Forbidden.UbsmsInvalidUserid | 403 | account",
                "Forbidden.KeyNotFound | 404 | key",
                "Forbidden.KeyVersionNotFound | 404 | key",
                "Forbidden.AliasNotFound | 404 | alias",
                "Forbidden.KeyPolicyUnSupported | 400 | policy",
                "Rejected.Disabled | 409 | Enable the key",
                "Rejected.PendingDeletion | 409 | key is scheduled for deletion",
                "Rejected.PendingImport | 409 | key has no material",
                "Rejected.StateModifiedFailed | 409 | Try again",
                "Rejected.ResourceInUse | 409 | state",
                "Rejected.UnsupportedOperation | 400 | type",
                "InvalidTimeStamp.Format | 400 | proxy",
                "InvalidSecurityToken.Expired | 400 | security token",
                "Throttling.UserFlow | 400 | Too many requests"
            })
    void refusal_withACommonCode_saysWhatToDo(String code, int status, String advice) throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse()
                    .setResponseCode(status)
                    .setBody("{\"Code\":\"" + code + "\",\"RequestId\":\"r\"}"));
            try (SecretsClient client = SecretsClient.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                    .credentials(CredentialsProvider.of("ak", SECRET_KEY))
                    .retry(RetryPolicy.none())
                    .build()) {
                assertThatThrownBy(() -> client.getSecretValue("orders/db"))
                        .isInstanceOf(KmsServiceException.class)
                        .hasMessageContaining(advice)
                        .hasMessageNotContaining("error table");
            }
        }
    }

    @Test
    void wrongKey_saysWhichKeyAndNotItsSecret() {
        KmsException e =
                failure(b -> b.credentials(CredentialsProvider.of(owner.id(), SECRET_KEY)), FailureMessagesTest::read);

        assertReads(
                e,
                "GetSecretValue \"orders/db\" at " + host() + ": SignatureDoesNotMatch (400), request " + id(e) + "\n"
                        + "  The service says: Specified signature is not matched with our calculation.\n"
                        + "  Check the secret of the access key " + owner.id()
                        + ", and that no proxy changes host, headers or body of requests.");
    }

    @Test
    void unknownKey_saysWhichKey() {
        KmsException e = failure(
                b -> b.credentials(CredentialsProvider.of("LTAI5tNobodys", SECRET_KEY)), FailureMessagesTest::read);

        assertReads(
                e,
                "GetSecretValue \"orders/db\" at " + host() + ": InvalidAccessKeyId.NotFound (404), request " + id(e)
                        + "\n"
                        + "  The service says: Specified access key is not found.\n"
                        + "  The access key LTAI5tNobodys does not exist or is disabled, or its security token has expired."
                        + " Check the credentials.");
    }

    @Test
    void wrongClock_saysWhatTimeItThinksItIs() {
        kms.faults().on(KmsAction.GET_SECRET_VALUE).respond(Fault.clockSkew());
        KmsException e = failure(UnaryOperator.identity(), FailureMessagesTest::read);

        assertReads(
                e,
                "GetSecretValue \"orders/db\" at " + host()
                        + ": InvalidTimeStamp.Expired (400) after 2 attempts, request "
                        + id(e) + "\n"
                        + "  The service says: Specified time stamp or date value is expired."
                        + " A fault rule says that the caller's clock is wrong.\n"
                        + "  This machine says that it is " + time.instant()
                        + ". Set its clock. Signing by the time of the service's answer did not help.");
    }

    @Test
    void wrongClock_ofAnAnswerWithoutADate_claimsNoCorrection() throws IOException {
        try (MockWebServer undated = new MockWebServer()) {
            undated.enqueue(new MockResponse()
                    .setResponseCode(400)
                    .setBody("{\"RequestId\":\"r1\",\"Code\":\"InvalidTimeStamp.Expired\",\"Message\":\"Expired\"}"));
            KmsException e = failure(
                    b -> b.endpoint(URI.create("http://127.0.0.1:" + undated.getPort())), FailureMessagesTest::read);

            assertReads(
                    e,
                    "GetSecretValue \"orders/db\" at 127.0.0.1:" + undated.getPort()
                            + ": InvalidTimeStamp.Expired (400), request r1\n"
                            + "  The service says: Expired\n"
                            + "  This machine says that it is " + time.instant() + ". Set its clock.");
        }
    }

    @Test
    void unreachableEndpoint_saysThatNobodySawTheRequest() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        KmsException e = failure(b -> b.endpoint(URI.create("http://127.0.0.1:" + port)), FailureMessagesTest::read);

        assertThat(e.getMessage().replaceAll("in \\d+\\.\\d s", "in 0.0 s"))
                .isEqualTo("GetSecretValue \"orders/db\" at 127.0.0.1:" + port
                        + ": no connection (ConnectException: Failed to connect to /127.0.0.1:" + port
                        + "); 5 attempts in 0.0 s\n"
                        + "  The service has not seen it. Check endpoint, region, DNS, proxy and firewall.");
    }

    @Test
    void unknownCertificate_saysWhereToGiveIt() {
        KmsException e =
                failure(b -> b.endpoint(URI.create("https://" + kms.hostAndPort())), FailureMessagesTest::read);

        assertThat(e)
                .hasMessageStartingWith("GetSecretValue \"orders/db\" at " + host() + ": no usable answer"
                        + " (SSLHandshakeException: ")
                // Newer JDKs put the alert before it.
                .hasMessageContaining("PKIX path building failed")
                .hasMessageEndingWith(
                        "\n  The certificate of the server is not trusted, or not for this host. A KMS instance,"
                                + " a proxy that opens TLS and the emulator have an authority of their own: give its certificate to"
                                + " caCertificate.");
    }

    private static void assertReads(KmsException e, String message) {
        assertThat(e).hasMessage(message).hasMessageNotContaining(SECRET_KEY);
    }

    private static String id(KmsException e) {
        assertThat(e).isInstanceOf(KmsServiceException.class);
        String id = ((KmsServiceException) e).requestId();
        assertThat(id).isNotEmpty();
        return id;
    }

    private static void read(SecretsClient client) {
        client.getSecretValue("orders/db");
    }

    private String host() {
        return kms.hostAndPort();
    }

    /** Creates a key, which the client has no method for; returns its id. */
    private String createKey() throws IOException, InterruptedException {
        SignedRequest signed = Signer.rpcV1()
                .sign(
                        new ApiCall("CreateKey", Map.of()),
                        host(),
                        new SigningKey.Hmac(owner.id(), owner.secret(), null),
                        time.instant(),
                        "once",
                        true);
        HttpRequest request = HttpRequest.newBuilder(URI.create(kms.endpoint() + "/?" + signed.query()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("KeyMetadata")
                .get("KeyId")
                .getAsString();
    }

    private static UnaryOperator<SecretsClientBuilder> as(AccessKey key) {
        return b -> b.credentials(CredentialsProvider.of(key.id(), key.secret()));
    }

    private KmsException failure(UnaryOperator<SecretsClientBuilder> settings, Consumer<SecretsClient> operation) {
        try (SecretsClient client = client(settings)) {
            KmsException e = catchThrowableOfType(KmsException.class, () -> operation.accept(client));
            assertThat(e).isNotNull();
            return e;
        }
    }

    private SecretsClient client(UnaryOperator<SecretsClientBuilder> settings) {
        return as(owner)
                .andThen(settings)
                .apply(SecretsClient.builder()
                        .endpoint(kms.endpoint())
                        .timing(time, time.skippingScheduler(), () -> 1.0))
                .build();
    }
}
