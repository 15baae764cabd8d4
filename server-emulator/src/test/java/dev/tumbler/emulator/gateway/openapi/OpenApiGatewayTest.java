package dev.tumbler.emulator.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What no SDK sends: requests by hand, of an access key that is not registered. */
@Timeout(30)
class OpenApiGatewayTest {
    private static KmsEmulator kms;
    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        kms = KmsEmulator.start();
        // A secret that each test may read.
        assertThat(post(call("CreateSecret", "SecretName", "a", "VersionId", "v1", "SecretData", "x"))
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        kms.close();
    }

    @Test
    @Proves({"Wire/answer/request-id", "Wire/answer/content-type", "Wire/transport/form", "Wire/Format/default"})
    void anyWellFormedSignature_ofAnUnknownKey_isLetIn() {
        HttpResponse<String> answer = post(call("GetSecretValue", "SecretName", "a"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("SecretData").getAsString()).isEqualTo("x");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("x-acs-request-id"))
                .hasValue(json(answer).get("RequestId").getAsString());
    }

    @Test
    @Proves("Wire/transport/get")
    void get_parametersInTheQuery_isTheSameAsPost() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(query(call("GetSecretValue", "SecretName", "a"))));
        assertThat(json(answer).get("SecretData").getAsString()).isEqualTo("x");
    }

    @Test
    @Proves("Wire/transport/unknown-parameter")
    void unknownParameter_isIgnored() {
        assertThat(post(call("GetSecretValue", "SecretName", "a", "Whatever", "1"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Action  |                  | 400 | MissingAction            | Action is mandatory for this action.
            Version |                  | 400 | MissingVersion           | Version is mandatory for this action.
            Version | 2015-01-01       | 400 | InvalidVersion           | Specified parameter Version is not valid.
            Action  | GetSecretValues  | 404 | InvalidAction.NotFound   | Specified api is not found, please check your url and method.
            Format  | YAML             | 400 | InvalidParameter.Format  | Specified parameter format is not valid.
            SecretName |               | 400 | MissingParameter         | The parameter "SecretName" is needed but not provided.
            SecretName | nobody at all | 404 | Forbidden.ResourceNotFound | Resource not found
            DryRun  | true             | 400 | DryRunOperationError     | The request would have succeeded, but DryRun is set.
            DryRun  | perhaps          | 400 | InvalidParameter         | The specified parameter "DryRun" is not valid. It must be true or false.
            """)
    @Proves({
        "Wire/Action/missing",
        "Wire/Action/unknown",
        "Wire/Version/missing",
        "Wire/Version/unknown",
        "Wire/Format/unknown",
        "Wire/answer/error-body"
    })
    void wrongParameter_isAnswered(String parameter, String value, int status, String code, String message) {
        Map<String, String> call = call("GetSecretValue", "SecretName", "a");
        call.remove(parameter);
        if (value != null) {
            call.put(parameter, value);
        }
        HttpResponse<String> answer = post(call);
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonObject body = json(answer);
        assertThat(body.get("Code").getAsString()).isEqualTo(code);
        assertThat(body.get("Message").getAsString()).isEqualTo(message);
        assertThat(body.get("HostId").getAsString()).isEqualTo(kms.hostAndPort());
        assertThat(body.get("HttpStatus").getAsInt()).isEqualTo(status);
    }

    @Test
    void unknownAction_isLoggedWithWhatIsSupported() {
        Logger logger = (Logger) LoggerFactory.getLogger(OpenApiGateway.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            post(call("Sign\nfaked log line", "Plaintext", "x"));
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "The action Sign?faked?log?line is not emulated. These are: CancelKeyDeletion, CreateKey, ")
                        .endsWith(", UpdateSecretVersionStage"));
    }

    @Test
    @Proves("Wire/answer/error-xml")
    void error_asXml_isAnErrorElement() {
        Map<String, String> call = call("GetSecretValue", "SecretName", "nobody");
        call.put("Format", "XML");
        HttpResponse<String> answer = post(call);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/xml;charset=utf-8");
        assertThat(answer.body())
                .matches("<\\?xml [^>]+\\?><Error><RequestId>[0-9a-f-]{36}</RequestId><HostId>[^<]+</HostId>"
                        + "<Code>Forbidden.ResourceNotFound</Code><Message>Resource not found</Message>.*</Error>");
    }

    @Test
    @Proves("Wire/transport/method")
    void put_method_isNotSupported() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(query(call("GetSecretValue", "SecretName", "a")))
                .PUT(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).get("Code").getAsString()).isEqualTo("UnsupportedHTTPMethod");
    }

    @Test
    @Proves("SetSecretPolicy/method")
    void setSecretPolicy_byGet_isNotSupported() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(query(call("SetSecretPolicy", "SecretName", "a"))));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).get("Code").getAsString()).isEqualTo("UnsupportedHTTPMethod");
        assertThat(post(call("SetSecretPolicy", "SecretName", "a")).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{k:1}", "[\"a\",]", "['a']", "[\"a\"] x", "// c\n[\"a\"]", "["})
    void looseJson_isRefused(String json) {
        HttpResponse<String> answer = post(call("UntagResource", "SecretName", "a", "TagKeys", json));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("Code").getAsString()).isEqualTo("InvalidParameter");
    }

    @Test
    @Proves("Wire/transport/path")
    void otherPath_isNotFound() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                kms.endpoint().resolve("/v2/?" + form(call("GetSecretValue", "SecretName", "a")))));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("Code").getAsString()).isEqualTo("InvalidAction.NotFound");
    }

    @ParameterizedTest
    @CsvSource({"%", "%4", "%zz", "%ff%fe"})
    @Proves("Wire/transport/encoding")
    void brokenEncoding_isRefused(String broken) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(kms.endpoint().resolve("/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(call("GetSecretValue", "SecretName", "a")) + "&X=" + broken)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("Code").getAsString()).isEqualTo("ParseRequestParameterException");
    }

    private static Map<String, String> call(String action, String... parameters) {
        Map<String, String> call = new LinkedHashMap<>();
        call.put("Action", action);
        call.put("Version", "2016-01-20");
        call.put("AccessKeyId", "LTAI-unknown");
        call.put("SignatureMethod", "HMAC-SHA1");
        call.put("SignatureVersion", "1.0");
        call.put("SignatureNonce", UUID.randomUUID().toString());
        call.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        call.put("Signature", "41wk2SSX1GJh7fwnc5eqOfiJPFg=");
        for (int i = 0; i < parameters.length; i += 2) {
            call.put(parameters[i], parameters[i + 1]);
        }
        return call;
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static URI query(Map<String, String> parameters) {
        return kms.endpoint().resolve("/?" + form(parameters));
    }

    private static HttpResponse<String> post(Map<String, String> parameters) {
        return send(HttpRequest.newBuilder(kms.endpoint().resolve("/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }
}
