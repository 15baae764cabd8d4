package dev.tumbler.testkit;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretCacheBuilder;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.Policy;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.secret.SecretState;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.time.EmulatorClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A KMS emulator and what a program needs to work with it, for tests of any framework and for {@code main}.
 *
 * <pre>{@code
 * try (KmsTestbed kms = KmsTestbed.start()) {
 *     kms.client().createSecret(r -> r.secretName("mail/smtp").versionId("v1").secretData("…"));
 *     …
 * }
 * }</pre>
 *
 * <p>Clients, caches and threads are made when they are first asked for. Time that is made to pass with
 * {@code clock().advance(…)} passes for the caches too: what is due of their refreshes happens after the emulator's
 * rotations and deletions, once for each cached secret, and before {@code advance} returns; while the service throttles or
 * fails, a cache asks for one secret only and then pauses. Thread-safe; whoever starts it closes it.
 */
public final class KmsTestbed implements AutoCloseable {
    /** As many attempts as in production, and shorter pauses between them. */
    private static final RetryPolicy RETRY = new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(100));

    private final KmsEmulator emulator;
    private final @Nullable String policy;
    private final AccessKey accessKey;
    private final Installer installer;

    /** What was made on demand, oldest first; guarded by the monitor. */
    private final List<AutoCloseable> made = new ArrayList<>();

    private @Nullable SecretsClient client;
    private @Nullable CacheThreads cacheThreads;
    private @Nullable SecretCache cache;
    private boolean closed;

    private KmsTestbed(KmsEmulator emulator, @Nullable String policy) {
        this.emulator = emulator;
        this.policy = policy;
        this.accessKey = policy == null
                ? emulator.createAccessKey()
                : emulator.ram().user("test").attachPolicy(policy).createAccessKey();
        this.installer = new Installer(emulator);
    }

    /** Starts an emulator with default settings on a free loopback port. Ready when this returns. */
    public static KmsTestbed start() {
        return builder().start();
    }

    /** Begins one with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The emulator. */
    public KmsEmulator emulator() {
        return emulator;
    }

    /** Its clock. */
    public EmulatorClock clock() {
        return emulator.clock();
    }

    /** Where it answers, such as {@code http://127.0.0.1:49213}. */
    public URI endpoint() {
        return emulator.endpoint();
    }

    /** The key that {@link #client} signs with; registered, so that its signatures are really verified. */
    public AccessKey accessKey() {
        return accessKey;
    }

    /** A client of the emulator, always the same; closed with this. It retries as in production, with shorter pauses. */
    public synchronized SecretsClient client() {
        if (client == null) {
            client = keep(newClient(accessKey));
        }
        return client;
    }

    /** A further client, which signs with {@code key}; closed with this. */
    public synchronized SecretsClient client(AccessKey key) {
        return keep(newClient(key));
    }

    private SecretsClient newClient(AccessKey key) {
        return clientOf(emulator, key);
    }

    static SecretsClient clientOf(KmsEmulator emulator, AccessKey key) {
        return SecretsClient.builder()
                .region(emulator.region())
                .endpoint(emulator.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .retry(RETRY)
                .build();
    }

    /** A cache on {@link #client} that lives by the emulator's clock, always the same; closed with this. */
    public synchronized SecretCache cache() {
        if (cache == null) {
            cache = newCache(settings -> {});
        }
        return cache;
    }

    /**
     * A further cache that lives by the emulator's clock; closed with this.
     *
     * @param settings may change everything but clock, ticker, scheduler and executor
     */
    public synchronized SecretCache newCache(Consumer<SecretCacheBuilder> settings) {
        if (cacheThreads == null) {
            cacheThreads = keep(new CacheThreads(emulator.clock()));
        }
        SecretCacheBuilder builder = SecretCache.builder(client());
        settings.accept(builder);
        return keep(cacheThreads.drive(builder).build());
    }

    /**
     * The only RDS instance.
     *
     * @throws IllegalStateException if there is none, or several; the message names them
     */
    public RdsInstance rds() {
        List<String> ids = List.copyOf(emulator.rds().ids());
        if (ids.size() != 1) {
            throw new IllegalStateException("This needs exactly one RDS instance, and the emulator has "
                    + (ids.isEmpty()
                            ? "none: add @RdsSecret, or kms.rds().add(…)"
                            : String.join(", ", ids) + ": take KmsEmulator.rds() and name it"));
        }
        return rds(ids.get(0));
    }

    /**
     * The RDS instance with this id.
     *
     * @throws IllegalStateException if there is none
     */
    public RdsInstance rds(String dbInstanceId) {
        return emulator.rds()
                .find(dbInstanceId)
                .orElseThrow(() -> new IllegalStateException("No RDS instance \"" + dbInstanceId + "\"; there are: "
                        + emulator.rds().ids()));
    }

    /**
     * Connections to the database of the only RDS secret; see {@link #dataSource(String)}.
     *
     * @throws IllegalStateException if there is no RDS secret, or several, or its instance is in memory
     */
    public DataSource dataSource() {
        List<String> names = emulator.secrets().stream()
                .filter(secret -> secret.type() == SecretType.RDS)
                .map(SecretState::name)
                .toList();
        if (names.size() != 1) {
            throw new IllegalStateException("A DataSource needs exactly one RDS secret, and the emulator has "
                    + (names.isEmpty()
                            ? "none: add @RdsSecret"
                            : String.join(", ", names) + ": take KmsTestbed.dataSource(name)"));
        }
        return dataSource(names.get(0));
    }

    /**
     * Connections to a real database, whose account and password come from {@link #cache} and survive rotations.
     *
     * @throws IllegalArgumentException if there is no such secret
     * @throws IllegalStateException if it is no RDS secret, or its instance is in memory and lets nobody connect
     */
    public DataSource dataSource(String secretName) {
        SecretState secret = emulator.secret(secretName);
        if (secret.dbInstanceId() == null) {
            throw new IllegalStateException("\"" + secretName + "\" is no RDS secret, so no database goes with it");
        }
        RdsInstance instance = rds(secret.dbInstanceId());
        String url = instance.jdbcUrl()
                .orElseThrow(() -> new IllegalStateException("The instance \"" + secret.dbInstanceId() + "\" of \""
                        + secretName + "\" is " + instance.location()
                        + ", and nobody can connect to that: attach a real database under this id before"));
        return TumblerDataSource.builder(cache())
                .url(url)
                .secretName(secretName)
                .build();
    }

    /**
     * What a program finds the emulator by, as environment variables: for forked processes, containers and properties of
     * Spring. Our client and driver read {@code TUMBLER_ENDPOINT} and {@code TUMBLER_REGION}, all default credential chains
     * {@code ALIBABA_CLOUD_ACCESS_KEY_ID} and {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET}, and the official Secret Client
     * {@code cache_client_region_id} and {@code credentials_…}; it speaks TLS only.
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TUMBLER_ENDPOINT", emulator.endpoint().toString());
        environment.put("TUMBLER_REGION", emulator.region());
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", accessKey.id());
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", accessKey.secret());
        environment.put("credentials_type", "ak");
        environment.put("credentials_access_key_id", accessKey.id());
        environment.put("credentials_access_secret", accessKey.secret());
        environment.put(
                "cache_client_region_id",
                "[{\"regionId\":\"" + emulator.region() + "\",\"endpoint\":\"" + emulator.hostAndPort() + "\"}]");
        return environment;
    }

    /** The same as system properties, which default credential chains and our driver read. */
    Map<String, String> systemProperties() {
        return Map.of(
                "tumbler.endpoint", emulator.endpoint().toString(),
                "tumbler.region", emulator.region(),
                "alibabacloud.accessKeyId", accessKey.id(),
                "alibabacloud.accessKeySecret", accessKey.secret(),
                "alibabacloud.accessKeyIdSecret", accessKey.secret());
    }

    /** The policy under which the client works is settled at the start. */
    void requirePolicy(@Nullable String wanted) {
        if (wanted != null && !wanted.equals(policy)) {
            throw new IllegalArgumentException(
                    "@AllowedBy comes too late: this emulator is shared, and its client works"
                            + (policy == null ? " without a policy" : " under another policy"));
        }
    }

    /** Makes what is not there yet. */
    void install(List<Fixture> fixtures) {
        installer.install(fixtures);
    }

    /** Whether a call that this key signed made a fixture. */
    boolean isFixtures(@Nullable String accessKeyId) {
        return installer.signsWith(accessKeyId);
    }

    synchronized <T extends AutoCloseable> T keep(T closeable) {
        if (closed) {
            throw new IllegalStateException("This KmsTestbed is closed");
        }
        made.add(closeable);
        return closeable;
    }

    /** Closes all that was made, ends all threads, and forgets everything. */
    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (this) {
            closed = true;
            closing = new ArrayList<>(made);
            made.clear();
        }
        RuntimeException failure = null;
        closing.add(0, emulator);
        for (int i = closing.size() - 1; i >= 0; i--) {
            try {
                closing.get(i).close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("The testbed did not close", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The endpoint. */
    @Override
    public String toString() {
        return "KmsTestbed[" + emulator.endpoint() + "]";
    }

    /** Settings of a testbed. Not thread-safe. */
    public static final class Builder {
        private final List<Consumer<KmsEmulator.Builder>> settings = new ArrayList<>();
        private final List<Consumer<KmsEmulator>> preparations = new ArrayList<>();
        private final List<Fixture> fixtures = new ArrayList<>();
        private @Nullable String policy;

        private Builder() {}

        /** Settings of the emulator; those given later win. */
        public Builder emulator(Consumer<KmsEmulator.Builder> settings) {
            this.settings.add(Objects.requireNonNull(settings, "settings"));
            return this;
        }

        /**
         * What is done to the emulator before fixtures are made, such as attaching a real database under the id that an RDS
         * secret names.
         */
        public Builder prepare(Consumer<KmsEmulator> preparation) {
            preparations.add(Objects.requireNonNull(preparation, "preparation"));
            return this;
        }

        /**
         * What the emulator has when it is ready, from a file; see {@link KmsFixtures} for its form.
         *
         * @throws IllegalArgumentException if it is not of that form; the message says what is wrong where
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        public Builder fixtures(Path file) {
            return fixtures(FixtureFile.read(file));
        }

        Builder fixtures(List<Fixture> more) {
            fixtures.addAll(more);
            return this;
        }

        /**
         * What {@link KmsTestbed#client} may do, as a RAM policy document; everything by default.
         *
         * @throws IllegalArgumentException if it is not a policy document; the message says what is wrong where
         */
        public Builder allowedBy(String policyDocument) {
            Policy unused = Policy.parse(policyDocument);
            this.policy = policyDocument;
            return this;
        }

        /** Starts it. */
        public KmsTestbed start() {
            KmsEmulator.Builder builder = KmsEmulator.builder();
            fixtures.stream()
                    .filter(Fixture.Clock.class::isInstance)
                    .forEach(clock -> builder.clockFrozenAt(((Fixture.Clock) clock).instant()));
            settings.forEach(setting -> setting.accept(builder));
            KmsTestbed started = new KmsTestbed(builder.start(), policy);
            try {
                preparations.forEach(preparation -> preparation.accept(started.emulator));
                started.install(fixtures);
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
            return started;
        }
    }
}
