package dev.tumbler.testkit;

import static dev.tumbler.emulator.rds.RdsEngine.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.teaopenapi.models.Config;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.emulator.testing.SecretForms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Emulator, client, cache, driver, pool, official SDK and database in one run, while everybody logs all that can be
 * logged: no secret value is in any log, exception, thread name or {@code toString}.
 */
@Timeout(120)
class EndToEndLeakTest {
    // What every encoding changes: quotes, backslash, space, plus, non-ASCII.
    private static final String GENERIC = "c4nary\"\\ +你-generic";
    private static final String SECOND = "c4nary\"\\ +你-second";
    // What RDS takes as a password, and URLs and JSON change.
    private static final String FIRST_PASSWORD = "C4nary=first&pass+1";
    private static final String WRONG_PASSWORD = "C4nary=wrong&pass+2";
    private static final String ACCESS_KEY_SECRET = "c4nary-access+key/secret";

    private final Set<String> confidential = new LinkedHashSet<>(
            List.of(GENERIC, SECOND, FIRST_PASSWORD, WRONG_PASSWORD, ACCESS_KEY_SECRET, RealPostgres.ADMIN_PASSWORD));

    /** Whatever the run returned or threw. */
    private final List<Object> seen = new ArrayList<>();

    @Test
    void wholeSystem_everythingLogged_showsNoValue() throws Exception {
        List<String> texts = new ArrayList<>();
        try (AllLogs logs = new AllLogs()) {
            try (RealPostgres postgres = RealPostgres.start();
                    KmsEmulator kms = KmsEmulator.start()) {
                logEverything(postgres);
                // The test server's own set-up names the administrator's password to the driver.
                logs.clear();
                kms.accessKeys().register(new AccessKey("LTAI-canary", ACCESS_KEY_SECRET));
                for (SignatureMethod method : SignatureMethod.values()) {
                    use(kms, postgres, method);
                }
                Thread.getAllStackTraces().keySet().forEach(thread -> texts.add(thread.getName()));
                texts.add(postgres.log());
            }
            texts.addAll(logs.lines());
        }
        for (Object object : seen) {
            texts.add(object instanceof Throwable failure ? trace(failure) : String.valueOf(object));
        }

        // What must be there, or the test would look at nothing.
        assertThat(texts)
                .anyMatch(text -> text.contains("c.z.h") || text.contains("com.zaxxer.hikari"))
                .anyMatch(text -> text.contains("io.netty"))
                .anyMatch(text -> text.contains("dev.tumbler.emulator.gateway"))
                .anyMatch(text -> text.contains("dev.tumbler.client"))
                .anyMatch(text -> text.contains("org.postgresql") && text.contains("ALTER USER"))
                .anyMatch(text -> text.contains("LOG:  ") && text.contains("SCRAM-SHA-256$"))
                .anyMatch(text -> text.contains("InvalidParameter"))
                .anyMatch(text -> text.contains("28P01"))
                .anyMatch(text -> text.contains("rotation of \"orders"));
        assertThat(confidential).as("with the generated passwords").hasSizeGreaterThanOrEqualTo(6 + 2 * 4);
        assertThat(SecretForms.leaks(texts, confidential)).isEmpty();
        // Whatever the encoding, it would keep this part.
        assertThat(texts)
                .filteredOn(text -> text.toLowerCase(Locale.ROOT).contains("c4nary"))
                .isEmpty();
    }

    private void use(KmsEmulator kms, RealPostgres postgres, SignatureMethod method) throws Exception {
        String name = "orders_" + method.name().substring(0, 4).toLowerCase(Locale.ROOT);
        RdsInstance rds = kms.rds()
                .attach(
                        "rm-" + name,
                        RdsInstance.jdbc(POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD));
        rds.createAccount(name, FIRST_PASSWORD);
        Credentials credentials = Credentials.of("LTAI-canary", ACCESS_KEY_SECRET);
        try (SecretsClient client = client(kms, method, credentials);
                SecretsClient wrongKey = client(kms, method, Credentials.of("LTAI-canary", WRONG_PASSWORD));
                SecretCache cache = SecretCache.builder(client).build()) {
            attempt(() -> client.createSecret(
                    r -> r.secretName("mail-" + name).versionId("v1").secretData(GENERIC)));
            attempt(() -> client.putSecretValue("mail-" + name, "v2", SECOND));
            attempt(() -> client.createSecret(r -> r.secretName(name)
                    .versionId("v1")
                    .rdsDualAccount("rm-" + name, new RdsCredentials(name, FIRST_PASSWORD))));
            failsWith(() -> client.createSecret(
                    r -> r.secretName("mail-" + name).versionId("v1").secretData(GENERIC)));
            failsWith(() -> client.putSecretValue("mail-" + name, "v1", SECOND));
            failsWith(() -> client.putSecretValue("mail-" + name, "v".repeat(65), GENERIC));
            failsWith(() -> client.createSecret(r -> r.secretName(name + "-2")
                    .versionId("v1")
                    .rdsDualAccount("rm-unknown", new RdsCredentials(name, WRONG_PASSWORD))));
            failsWith(() -> wrongKey.putSecretValue("mail-" + name, "v3", GENERIC));
            attempt(() -> client.getSecretValue("mail-" + name));
            attempt(() -> client.describeSecret(name));
            attempt(client::listSecrets);

            TumblerDataSource source = TumblerDataSource.builder(cache)
                    .url(postgres.url())
                    .secretName(name)
                    .loginRetryTimeout(Duration.ofSeconds(1))
                    .build();
            seen.addAll(List.of(client, cache, credentials, source));
            query(kms, client, cache, source, name);
            queryThroughTheDriver(kms, postgres, name);
            readByTheOfficialSdk(kms, name);

            // From outside, so that logins and rotations are refused.
            rds.resetPassword(name, WRONG_PASSWORD);
            rds.resetPassword(name + "_clone", WRONG_PASSWORD);
            failsWith(source::getConnection);
            kms.rds().remove("rm-" + name);
            failsWith(() -> client.rotateSecret(name, "never"));
            attempt(() -> client.deleteSecret(name));
            failsWith(() -> client.getSecretValue(name));
        }
    }

    private void query(KmsEmulator kms, SecretsClient client, SecretCache cache, TumblerDataSource source, String name)
            throws Exception {
        CachedSecret<RdsCredentials> handle = cache.rds(name);
        seen.add(handle);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        config.setPoolName(name);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int rotation = 1; rotation <= 4; rotation++) {
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
                String version = "r" + rotation;
                attempt(() -> client.rotateSecret(name, version));
                attempt(handle::refreshNow);
                var read = client.getSecretValue(name);
                seen.add(read);
                confidential.add(read.asRdsCredentials().accountPassword());
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            seen.add(pool);
        }
        seen.add(kms);
    }

    private void queryThroughTheDriver(KmsEmulator kms, RealPostgres postgres, String name) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("tumbler.endpoint", kms.endpoint().toString());
        properties.setProperty("tumbler.accessKeyId", "LTAI-canary");
        properties.setProperty("tumbler.accessKeySecret", ACCESS_KEY_SECRET);
        String url = postgres.url().replace("jdbc:", "jdbc:tumbler:");
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            assertThat(connection.isValid(5)).isTrue();
        }
        properties.setProperty("user", name + "-unknown");
        failsWith(() -> DriverManager.getConnection(url, properties));
    }

    private static void readByTheOfficialSdk(KmsEmulator kms, String name) throws Exception {
        Client sdk = new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId("LTAI-canary")
                .setAccessKeySecret(ACCESS_KEY_SECRET));
        // Its own answers print what they hold; what it logs is looked at.
        assertThat(sdk.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData())
                .contains(name);
    }

    private static SecretsClient client(KmsEmulator kms, SignatureMethod method, Credentials credentials) {
        return SecretsClient.builder()
                .endpoint(URI.create("https://" + kms.hostAndPort()))
                .caCertificate(kms.caCertificate())
                .credentials(CredentialsProvider.of(credentials))
                .signatureMethod(method)
                .retry(RetryPolicy.none())
                .build();
    }

    private static void logEverything(RealPostgres postgres) throws Exception {
        postgres.execute(
                "ALTER SYSTEM SET log_statement = 'all'",
                "ALTER SYSTEM SET log_connections = 'on'",
                "ALTER SYSTEM SET log_min_messages = 'debug1'",
                "SELECT pg_reload_conf()");
        // The server reads its settings when it gets to it.
        await().until(() -> {
            postgres.execute("SELECT 'canary in the server''s log'");
            return postgres.log().contains("canary in the server");
        });
    }

    private void attempt(Callable<?> call) throws Exception {
        seen.add(call.call());
    }

    private void failsWith(Callable<?> call) {
        Throwable failure = catchThrowable(call::call);
        assertThat(failure).isNotNull();
        seen.add(failure);
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
