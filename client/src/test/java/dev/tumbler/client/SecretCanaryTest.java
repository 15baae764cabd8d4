package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretStore;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.client.micrometer.KmsMetrics;
import dev.tumbler.client.micrometer.SecretCacheMetrics;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.PutSecretValueRequest;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.RefusingMySql;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.emulator.testing.SecretForms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs everything with values that can be recognised, while all libraries log all they can, and looks for the values
 * wherever they must not be.
 */
@Timeout(60)
class SecretCanaryTest {
    // With what every encoding changes: quotes, backslash, space, plus, non-ASCII.
    private static final String VALUE = "c4nary\"\\ +\u4f60-value";
    private static final String ACCESS_KEY_SECRET = "c4nary-access+key/secret";
    private static final String TOKEN = "c4nary-token+/=";

    private final KmsStub kms = new KmsStub();
    private final AllLogs logs = new AllLogs();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    SecretCanaryTest() {
        // The stub server is not what is tested, and its log would show requests.
        logs.silence("okhttp3.mockwebserver");
    }

    @AfterEach
    void close() {
        kms.close();
        logs.close();
    }

    @ParameterizedTest
    @CsvSource({"ACS3_HMAC_SHA256, false", "ACS3_HMAC_SHA256, true", "HMAC_SHA1, false", "HMAC_SHA1, true"})
    void operations_wellAndBadlyEnded_showNoValue(SignatureMethod method, boolean inQuery) {
        assertNothingShown(operations(method, inQuery));
        assertThat(metrics.getMeters()).hasSizeGreaterThan(10);
        assertHidden(metrics.getMeters().stream().map(meter -> meter.getId() + " " + meter.measure()));
        assertThat(threads).anyMatch(name -> name.startsWith("OkHttp"));
        assertHidden(threads.stream());
    }

    @Test
    void resultsAndExceptions_serialized_showNoValue() {
        List<String> texts =
                serialized(operations(SignatureMethod.ACS3_HMAC_SHA256, false)).toList();

        assertThat(texts).filteredOn(text -> text.contains("mail")).hasSizeGreaterThan(20);
        assertHidden(texts.stream());
    }

    /** Does everything with each answer; returns what came of it, and what it was done with. */
    private List<Object> operations(SignatureMethod method, boolean inQuery) {
        List<Object> seen = new ArrayList<>();
        Credentials credentials = Credentials.of("test-ak", ACCESS_KEY_SECRET, TOKEN);
        SecretsClientBuilder builder = kms.client()
                .credentials(CredentialsProvider.of(credentials))
                .signatureMethod(method)
                .observer(new KmsMetrics(metrics))
                .retry(RetryPolicy.none());
        CreateSecretRequest create = CreateSecretRequest.builder()
                .secretName("mail")
                .versionId("v1")
                .secretData(VALUE)
                .build();
        CreateSecretRequest createRds = CreateSecretRequest.builder()
                .secretName("orders")
                .versionId("v1")
                .rdsSingleAccount("rm-1", new RdsCredentials("orders", VALUE))
                .build();
        PutSecretValueRequest put = PutSecretValueRequest.builder()
                .secretName("mail")
                .versionId("v1")
                .secretData(SecretData.of(VALUE))
                .build();
        String answer = "{\"Arn\":\"acs\",\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":"
                + new JsonPrimitive("{\"AccountName\":\"orders\",\"AccountPassword\":" + new JsonPrimitive(VALUE) + "}")
                + ",\"RandomPassword\":" + new JsonPrimitive(VALUE)
                + ",\"PageNumber\":1,\"PageSize\":10,\"TotalCount\":0,\"RequestId\":\"r\"}";
        List<Function<Map<String, String>, @Nullable MockResponse>> answers = List.of(
                sent -> KmsStub.ok(answer),
                sent -> KmsStub.error(
                        400, "SignatureDoesNotMatch", "no. server string to sign is:POST&" + encode(VALUE)),
                // A service quotes what it was sent.
                sent -> KmsStub.error(400, "InvalidParameter", "No: " + sent.getOrDefault("SecretData", TOKEN)),
                sent -> KmsStub.error(400, "InvalidParameter", sent.containsKey("SecretData") ? VALUE : TOKEN),
                sent -> KmsStub.ok("{\"SecretData\":" + new JsonPrimitive(VALUE) + "} " + VALUE),
                sent -> KmsStub.ok("<html>" + VALUE + "</html>").setResponseCode(502),
                sent -> new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        try (SecretsClient client = (inQuery ? builder.parametersInQuery() : builder).build();
                SecretCache cache = SecretCache.builder(client).build()) {
            CachedSecret<RdsCredentials> handle = cache.rds("mail");
            new SecretCacheMetrics(cache).bindTo(metrics);
            for (Function<Map<String, String>, @Nullable MockResponse> each : answers) {
                kms.answerWith(sent -> {
                    // While the client's threads wait for the answer.
                    threads.addAll(namesOfThreads());
                    return each.apply(sent);
                });
                attempt(seen, () -> client.createSecret(create));
                attempt(seen, () -> client.createSecret(createRds));
                attempt(seen, () -> client.putSecretValue(put));
                attempt(seen, () -> client.getSecretValue("mail"));
                attempt(seen, () -> client.describeSecret("mail"));
                attempt(seen, client::listSecrets);
                attempt(seen, () -> client.rotateSecret("mail", "v2"));
                attempt(seen, () -> client.deleteSecret("mail"));
                attempt(seen, handle::refreshNow);
                attempt(seen, client::getRandomPassword);
                attempt(seen, () -> client.async().putSecretValue(put).join());
                attempt(seen, () -> client.getSecretValue("mail").as(Wrong.class));
            }
            seen.addAll(List.of(
                    credentials,
                    CredentialsProvider.of(credentials),
                    create,
                    create.toBuilder().build(),
                    createRds,
                    put,
                    SecretData.of(VALUE),
                    new RdsCredentials("orders", VALUE),
                    handle,
                    cache,
                    client));
        }

        assertThat(seen).hasSize(12 * answers.size() + 11);
        assertThat(seen).hasAtLeastOneElementOfType(GetSecretValueResult.class);
        return seen;
    }

    @Test
    void login_refusedByTheDatabase_showsNoPassword(@TempDir Path files) throws IOException {
        List<Object> seen = new ArrayList<>();
        try (RealPostgres postgres = RealPostgres.start();
                RefusingMySql mysql = new RefusingMySql();
                SecretsClient client = kms.client()
                        .credentials(CredentialsProvider.of("test-ak", ACCESS_KEY_SECRET))
                        .build();
                SecretCache cache = SecretCache.builder(client)
                        .store(SecretStore.encryptedFiles(files, new byte[32]))
                        .build()) {
            kms.account("orders", "ACSCurrent", "v1", RealPostgres.ADMIN, VALUE);
            kms.account("orders", "ACSPrevious", "v0", RealPostgres.ADMIN, VALUE + "0");
            List<String> urls =
                    List.of(postgres.url(), "jdbc:mysql://127.0.0.1:" + mysql.port() + "/shop?sslMode=DISABLED");
            for (String url : urls) {
                TumblerDataSource source = TumblerDataSource.builder(cache)
                        .url(url)
                        .secretName("orders")
                        .loginRetryTimeout(Duration.ZERO)
                        .build();
                attempt(seen, source::getConnection);
                attempt(seen, () -> pooled(source));
                attempt(seen, () -> DriverManager.getConnection(url.replace("jdbc:", "jdbc:tumbler:"), driven()));
                seen.add(source);
            }
            assertThat(mysql.users()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(postgres.log()).contains("password authentication failed");
        }

        // Two databases, three ways.
        assertThat(seen.stream().filter(SQLException.class::isInstance)).hasSize(6);
        assertNothingShown(seen);
        assertHidden(contents(files));
        for (String library : List.of("okhttp3", "org.postgresql", "com.zaxxer.hikari", "dev.tumbler.client")) {
            assertThat(logs.lines()).as(library).anyMatch(line -> line.contains(" " + library + "."));
        }
    }

    private static Object pooled(DataSource source) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setConnectionTimeout(1000);
        config.setInitializationFailTimeout(-1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            return pool.getConnection();
        }
    }

    private Properties driven() {
        Properties login = new Properties();
        login.setProperty("user", "orders");
        login.setProperty("tumbler.endpoint", kms.endpoint().toString());
        login.setProperty("tumbler.accessKeyId", "test-ak");
        login.setProperty("tumbler.accessKeySecret", ACCESS_KEY_SECRET);
        login.setProperty("tumbler.loginRetryTimeout", "PT0S");
        return login;
    }

    /** What stands in the files, byte by byte, and how they are called. */
    private static Stream<String> contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                contents.add(file + " " + new String(bytes, StandardCharsets.ISO_8859_1));
                contents.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        assertThat(contents).isNotEmpty();
        return contents.stream();
    }

    private void assertNothingShown(List<Object> seen) {
        assertThat(logs.lines()).isNotEmpty();
        assertHidden(Stream.concat(
                logs.lines().stream(),
                seen.stream()
                        .map(object -> object instanceof Throwable failure
                                ? everything(failure, 0)
                                : String.valueOf(object))));
    }

    private static void assertHidden(Stream<String> shown) {
        List<String> texts = shown.toList();
        assertThat(SecretForms.leaks(texts, List.of(VALUE, ACCESS_KEY_SECRET, TOKEN)))
                .isEmpty();
        // Whatever the encoding, it would keep this part.
        assertThat(texts)
                .allSatisfy(text -> assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("c4nary"));
    }

    private static List<String> namesOfThreads() {
        // Without their stacks, which take time.
        ThreadMXBean all = ManagementFactory.getThreadMXBean();
        return Arrays.stream(all.getThreadInfo(all.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .toList();
    }

    /** What Java, Jackson and Gson make of the objects, or how far they come. */
    private static Stream<String> serialized(List<Object> objects) {
        ObjectMapper jackson = new ObjectMapper();
        Gson gson = new GsonBuilder().serializeNulls().create();
        return objects.stream()
                .filter(object -> !(object instanceof AutoCloseable || object instanceof CachedSecret))
                .flatMap(object -> Stream.<Serializer>of(
                                out -> new ObjectOutputStream(out).writeObject(object),
                                out -> jackson.writeValue(out, object),
                                out -> {
                                    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                                    try {
                                        gson.toJson(object, writer);
                                    } finally {
                                        writer.flush();
                                    }
                                })
                        .map(SecretCanaryTest::text));
    }

    private static String text(Serializer serializer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            serializer.write(out);
        } catch (IOException | RuntimeException e) {
            return out.toString(StandardCharsets.UTF_8) + everything(e, 0);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void attempt(List<Object> seen, Attempt attempt) {
        try {
            seen.add(attempt.run());
        } catch (RuntimeException | SQLException e) {
            seen.add(e);
        }
    }

    private static String everything(Throwable failure, int depth) {
        if (depth > 10) {
            return "";
        }
        StringBuilder text = new StringBuilder(failure.toString());
        if (failure.getCause() != null) {
            text.append('\n').append(everything(failure.getCause(), depth + 1));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append('\n').append(everything(suppressed, depth + 1));
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Serializer {
        void write(OutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        Object run() throws SQLException;
    }

    /** Not the form of any secret here. */
    private record Wrong(int[] AccountPassword) {}
}
