package dev.tumbler.samples.benchmarks;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Logins at a local PostgreSQL, the account known or from a secret in memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class OpenConnection {
    private static final String SECRET = "orders/db";
    private static final String USER = "orders";
    private static final String PASSWORD = "First-pass-1";

    private final RealPostgres postgres = RealPostgres.start();
    private final KmsEmulator kms = KmsEmulator.start();
    private final AccessKey key = kms.createAccessKey();
    private final SecretsClient client = SecretsClient.builder()
            .endpoint(kms.endpoint())
            .credentials(CredentialsProvider.of(key.id(), key.secret()))
            .build();
    private final SecretCache cache = SecretCache.builder(client).build();
    private final TumblerDataSource source = TumblerDataSource.builder(cache)
            .url(postgres.url())
            .secretName(SECRET)
            .build();
    private final String url = postgres.url().replace("jdbc:", "jdbc:tumbler:");
    private final Properties properties = new Properties();

    /** Makes the account and the secret. */
    @Setup
    public void create() throws SQLException {
        postgres.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
        client.createSecret(request -> request.secretName(SECRET)
                .versionId("v1")
                .secretData("{\"AccountName\":\"" + USER + "\",\"AccountPassword\":\"" + PASSWORD + "\"}"));
        properties.setProperty("user", SECRET);
        properties.setProperty("tumbler.endpoint", kms.endpoint().toString());
        properties.setProperty("tumbler.accessKeyId", key.id());
        properties.setProperty("tumbler.accessKeySecret", key.secret());
    }

    /** Stops both servers. */
    @TearDown
    public void close() {
        cache.close();
        client.close();
        kms.close();
        postgres.close();
    }

    /** With name and password. */
    @Benchmark
    public void bareDriver() throws SQLException {
        postgres.connect(USER, PASSWORD).close();
    }

    /** With the secret, through a data source. */
    @Benchmark
    public void tumblerDataSource() throws SQLException {
        source.getConnection().close();
    }

    /** With the secret, through our URL. */
    @Benchmark
    public void tumblerDriver() throws SQLException {
        DriverManager.getConnection(url, properties).close();
    }
}
