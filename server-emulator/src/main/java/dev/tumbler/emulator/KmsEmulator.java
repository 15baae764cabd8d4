package dev.tumbler.emulator;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.event.SecretEvents;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.fault.Faults;
import dev.tumbler.emulator.gateway.credentials.CredentialsGateway;
import dev.tumbler.emulator.gateway.openapi.OpenApiGateway;
import dev.tumbler.emulator.gateway.openapi.RegionalGateway;
import dev.tumbler.emulator.gateway.openapi.kms.KmsApi;
import dev.tumbler.emulator.gateway.openapi.kms.KmsQuotas;
import dev.tumbler.emulator.gateway.openapi.kms.KmsRegion;
import dev.tumbler.emulator.gateway.openapi.rds.RdsApi;
import dev.tumbler.emulator.gateway.openapi.rds.RdsRegion;
import dev.tumbler.emulator.gateway.openapi.sts.StsApi;
import dev.tumbler.emulator.gateway.webhook.Webhook;
import dev.tumbler.emulator.gateway.webhook.WebhookFormat;
import dev.tumbler.emulator.http.CertificateAuthority;
import dev.tumbler.emulator.http.HttpEngine;
import dev.tumbler.emulator.http.HttpHandler;
import dev.tumbler.emulator.journal.Journal;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstance;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.key.KmsKeyStore;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.AccessKeys;
import dev.tumbler.emulator.ram.Authenticator;
import dev.tumbler.emulator.ram.Authenticator.UnknownKeys;
import dev.tumbler.emulator.ram.Ram;
import dev.tumbler.emulator.ram.RdsServiceRole;
import dev.tumbler.emulator.ram.Sts;
import dev.tumbler.emulator.rds.PasswordGenerator;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rds.RdsOperations;
import dev.tumbler.emulator.rotation.RotationQuota;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.ConfidentialText;
import dev.tumbler.emulator.secret.RdsSecrets;
import dev.tumbler.emulator.secret.SecretState;
import dev.tumbler.emulator.secret.SecretStore;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.WatchedStore;
import dev.tumbler.emulator.store.H2Store;
import dev.tumbler.emulator.time.EmulatorClock;
import dev.tumbler.emulator.time.VirtualClock;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An emulator of the Alibaba Cloud KMS secrets service, running in this process on the loopback interface. Official
 * clients of any language work against it by changing their endpoint; plain HTTP and TLS share one port.
 *
 * <pre>{@code
 * try (KmsEmulator kms = KmsEmulator.start()) {
 *     RdsInstance orders = kms.rds().add("rm-orders", RdsEngine.POSTGRESQL);
 *     …
 * }
 * }</pre>
 *
 * <p>It is for tests and development: it protects nothing. Everything is kept in memory and gone with {@link #close()},
 * but for secrets and keys with a {@link Builder#store}. Thread-safe.
 */
public final class KmsEmulator implements AutoCloseable {
    /** The region of the secrets, unless {@link Builder#region} says otherwise. */
    public static final String DEFAULT_REGION = "cn-hangzhou";

    /** The Alibaba Cloud account that owns everything. */
    public static final String ACCOUNT_ID = "1234567890123456";

    private static final Logger log = LoggerFactory.getLogger(KmsEmulator.class);

    /** The first is the default. */
    private final List<String> regions;

    private final Duration singleAccountWindow;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final AccessKeys accessKeys = new AccessKeys();
    private final Ram ram = new Ram(ACCOUNT_ID, accessKeys);
    private final RdsInstances rds;
    private final Map<String, Secrets> secrets = new HashMap<>();
    private final Map<String, RdsSecrets> rdsSecrets = new HashMap<>();
    private final RotationWorkers workers = new RotationWorkers();
    private final EventBus events = new EventBus();
    private final List<WatchedStore> watchedStores = new ArrayList<>();
    private final @Nullable H2Store store;
    private final VirtualClock clock;
    private final KmsInstances kmsInstances;
    private final Rotations rotations;
    private final Faults faults;
    private final Journal journal = new Journal();
    private final CertificateAuthority certificateAuthority;
    private final HttpEngine engine;

    private KmsEmulator(Builder builder, @Nullable H2Store store) {
        InstantSource realTime = builder.realTime;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        this.regions = builder.regions;
        this.singleAccountWindow = builder.singleAccountWindow;
        this.store = store;
        this.clock = builder.clock.get();
        clock.afterAdvance(events::flush);
        this.kmsInstances = new KmsInstances(clock, regions, keyStore());
        builder.kmsInstances.stream()
                .filter(id -> kmsInstances.find(id).isEmpty())
                .forEach(kmsInstances::add);
        RdsServiceRole role = new RdsServiceRole(ram);
        this.rds = builder.seed == null ? new RdsInstances(role) : RdsInstances.inMemoryOnly(role);
        this.rotations = (builder.seed == null
                        ? Rotations.by(workers, new PasswordGenerator()::generate)
                        : Rotations.seeded(workers, builder.seed))
                .with(RotationQuota.perHour(builder.rotationsPerHour))
                .withSingleAccountWindow(builder.singleAccountWindow);
        this.faults = new Faults(clock);
        this.certificateAuthority = CertificateAuthority.create(VirtualClock.systemTime());
        Authenticator authenticator = new Authenticator(accessKeys, ACCOUNT_ID, builder.unknownKeys, realTime);
        Sts sts = new Sts(ram, accessKeys, realTime);
        RdsOperations rdsOperations = new RdsOperations(rds);
        Map<String, OpenApiGateway> gateways = new HashMap<>();
        for (String region : regions) {
            // Quotas are those of an account in a region.
            KmsQuotas quotas = builder.quotas ? new KmsQuotas(realTime) : null;
            gateways.put(
                    region,
                    new OpenApiGateway(
                            region,
                            List.of(
                                    KmsApi.on(kms(region), quotas),
                                    StsApi.on(sts),
                                    RdsApi.on(new RdsRegion(region, regions, ACCOUNT_ID, rdsOperations, workers))),
                            authenticator,
                            faults,
                            journal,
                            clock,
                            realTime));
        }
        this.engine = HttpEngine.start(loopback, builder.port, certificateAuthority, portOf(region(), gateways, sts));
        ports.put(region(), engine.port());
        try {
            for (String region : regions.subList(1, regions.size())) {
                ports.put(region, engine.listen(0, portOf(region, gateways, sts)));
            }
        } catch (UncheckedIOException e) {
            engine.close();
            throw e;
        }
        log.info("KMS emulator at {}, region {}. It is for tests; it protects no secrets.", endpoint(), region());
    }

    /** What there is in one region. The rest is the emulator's: clock, databases, identities. */
    private KmsRegion kms(String region) {
        Keys keys = new Keys(region, ACCOUNT_ID, clock, kmsInstances, keyStore());
        WatchedStore watched = new WatchedStore(store == null ? SecretStore.NONE : store.secrets());
        watchedStores.add(watched);
        Rotations obstructed = rotations.obstructedBy(secretName -> faults.nextRotation(region, secretName));
        Secrets ofRegion = new Secrets(region, ACCOUNT_ID, clock, keys, rds, obstructed, events, watched);
        secrets.put(region, ofRegion);
        rdsSecrets.put(region, new RdsSecrets(ofRegion, rds, rotations.newPassword()));
        return new KmsRegion(region, regions, ACCOUNT_ID, this::caCertificate, ofRegion, keys, kmsInstances);
    }

    private KmsKeyStore keyStore() {
        return store == null ? KmsKeyStore.NONE : store.keys();
    }

    private HttpHandler portOf(String region, Map<String, OpenApiGateway> gateways, Sts sts) {
        return new CredentialsGateway(
                ram,
                sts,
                new RegionalGateway(
                        region, gateways, id -> kmsInstances.find(id).map(KmsInstance::region)));
    }

    /** Starts an emulator on a free port. Ready when this returns. */
    public static KmsEmulator start() {
        return builder().start();
    }

    /** Starts an emulator with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it answers, such as {@code http://127.0.0.1:49213}; {@code https} works on the same port. */
    public URI endpoint() {
        return endpoint(region());
    }

    /**
     * Where it answers for one of its regions: each has a port of its own. Requests to any port whose {@code Host} is an
     * endpoint of the service, such as {@code kms.cn-shanghai.aliyuncs.com}, {@code kms-vpc.cn-shanghai.aliyuncs.com},
     * {@code kst-….cryptoservice.kms.aliyuncs.com} or {@code rds.cn-shanghai.aliyuncs.com}, are answered for the region
     * that it names.
     *
     * @throws IllegalArgumentException if the emulator has no such region
     */
    public URI endpoint(String region) {
        return URI.create("http://" + hostAndPort(region));
    }

    /** {@code host:port}, the form in which the official SDKs take an endpoint. */
    public String hostAndPort() {
        return hostAndPort(region());
    }

    /**
     * {@code host:port} of one of its regions.
     *
     * @throws IllegalArgumentException if the emulator has no such region
     */
    public String hostAndPort(String region) {
        Integer port = ports.get(region);
        if (port == null) {
            throw unknownRegion(region);
        }
        return "127.0.0.1:" + port;
    }

    private IllegalArgumentException unknownRegion(String region) {
        return new IllegalArgumentException(
                "The emulator has no region \"" + region + "\"; it has " + String.join(", ", regions));
    }

    /**
     * The certificate of the authority that signed the emulator's own, in PEM; made anew for each emulator. What a
     * client must trust for {@code https}.
     */
    public String caCertificate() {
        return certificateAuthority.caCertificatePem();
    }

    /** The region of the secrets, which is part of their ARNs; the first one, if there are several. */
    public String region() {
        return regions.get(0);
    }

    /** All its regions, the first one first. Each has secrets and keys of its own; the rest they share. */
    public List<String> regions() {
        return regions;
    }

    /** The time that secrets live by. */
    public EmulatorClock clock() {
        return clock;
    }

    /** The KMS instances that keys and secrets can belong to. */
    public KmsInstances kmsInstances() {
        return kmsInstances;
    }

    /**
     * The RDS instances whose accounts secrets can manage. Official clients of RDS reach them too: what of the RDS API
     * {@code 2014-08-15} KMS and its console use is answered at the same {@link #endpoint()}.
     */
    public RdsInstances rds() {
        return rds;
    }

    /**
     * What a secret of the first region is now, without its values: no call, and not in the {@link #journal}.
     *
     * @throws IllegalArgumentException if there is no such secret; the message has similar names
     */
    public SecretState secret(String nameOrArn) {
        try {
            return Objects.requireNonNull(secrets.get(region())).state(nameOrArn);
        } catch (KmsError e) {
            throw new IllegalArgumentException(
                    "Secret \"" + nameOrArn + "\" in " + region() + ": " + e.getMessage(), e);
        }
    }

    /** All secrets of the first region, by name, as {@link #secret}; those scheduled for deletion included. */
    public List<SecretState> secrets() {
        return Objects.requireNonNull(secrets.get(region())).states();
    }

    /**
     * Has {@code watcher} told of every value that secrets have, and of those that they get from now on, also of a password
     * that a rotation is about to set: for tools in this process that look for values where they must not be. It is told on
     * the thread that stores them, before that is done, and of some more than once; until the subscription is closed.
     */
    public Subscription watchValues(Consumer<? super ConfidentialText> watcher) {
        List<Subscription> subscriptions =
                watchedStores.stream().map(watched -> watched.watch(watcher)).toList();
        secrets.values()
                .forEach(ofRegion -> ofRegion.list(List.of()).forEach(secret -> WatchedStore.tell(secret, watcher)));
        return () -> subscriptions.forEach(Subscription::close);
    }

    /** What the console does with RDS secrets and the API does not: creating their accounts, checking them. */
    public RdsSecrets rdsSecrets() {
        return rdsSecrets(region());
    }

    /**
     * The same, of another region.
     *
     * @throws IllegalArgumentException if the emulator has no such region
     */
    public RdsSecrets rdsSecrets(String region) {
        RdsSecrets ofRegion = rdsSecrets.get(region);
        if (ofRegion == null) {
            throw unknownRegion(region);
        }
        return ofRegion;
    }

    /**
     * The access keys that are known. Requests that a known key signed are verified strictly; those of other keys are
     * let in unless {@link Builder#strictAuthentication} was asked for.
     */
    public AccessKeys accessKeys() {
        return accessKeys;
    }

    /** The users and roles of the account, and what they may do. */
    public Ram ram() {
        return ram;
    }

    /**
     * Where the credentials of a role are given to whoever asks: the value of {@code ALIBABA_CLOUD_CREDENTIALS_URI}. Each
     * request gets new ones, for an hour of real time.
     *
     * @param role the name of a role; it need not exist yet
     */
    public URI credentialsUri(String role) {
        return endpoint().resolve(CredentialsGateway.PATH + role);
    }

    /** Faults that calls are to meet: throttling, errors, delays, broken answers. */
    public Faults faults() {
        return faults;
    }

    /** What was asked so far, and how it ended. */
    public Journal journal() {
        return journal;
    }

    /** What happens to secrets from now on: rotations, deletions. */
    public SecretEvents events() {
        return events;
    }

    /**
     * Posts the end of each rotation from now on to an address, as CloudMonitor or EventBridge would. What is not taken
     * within 5 seconds is logged and lost.
     *
     * @throws IllegalArgumentException if the address is neither http nor https
     */
    public Subscription webhook(URI address, WebhookFormat format) {
        return events.listen(new Webhook(address, format));
    }

    /** What {@link Builder#singleAccountWindow} said; zero for none. */
    public Duration singleAccountWindow() {
        return singleAccountWindow;
    }

    /** Makes an access key of the account, which may do everything, and registers it. */
    public AccessKey createAccessKey() {
        return accessKeys.create();
    }

    /** Stops answering, ends all threads and forgets everything. Rotations that are under way are interrupted. */
    @Override
    public void close() {
        engine.close();
        clock.close();
        workers.close();
        events.close();
        if (store != null) {
            store.close();
        }
    }

    /** Settings of an emulator. Not thread-safe. */
    public static final class Builder {
        private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

        private final List<String> kmsInstances = new ArrayList<>();
        private List<String> regions = List.of(DEFAULT_REGION);
        private int port;
        private UnknownKeys unknownKeys = UnknownKeys.ACCEPTED;
        private boolean quotas;
        private InstantSource realTime = VirtualClock.systemTime();
        private Supplier<VirtualClock> clock = VirtualClock::following;
        private int rotationsPerHour = Integer.MAX_VALUE;
        private Duration singleAccountWindow = Duration.ZERO;
        private @Nullable Long seed;
        private @Nullable Path store;

        private Builder() {}

        /** The region of the secrets; {@code cn-hangzhou} by default. */
        public Builder region(String region) {
            return regions(region);
        }

        /**
         * Several regions, each with a port, secrets and keys of its own: {@link KmsEmulator#endpoint(String)}.
         *
         * @param first the region of {@link KmsEmulator#endpoint()}
         * @throws IllegalArgumentException if one is there twice, or is not lower-case letters, digits and hyphens
         */
        public Builder regions(String first, String... others) {
            List<String> all =
                    Stream.concat(Stream.of(first), Stream.of(others)).toList();
            for (String region : all) {
                if (!REGION.matcher(region).matches() || all.indexOf(region) != all.lastIndexOf(region)) {
                    throw new IllegalArgumentException(
                            "A region is lower-case letters, digits and hyphens, and each is there once: " + all);
                }
            }
            this.regions = all;
            return this;
        }

        /**
         * Adds a KMS instance in the first region, that keys and secrets can then name in {@code DKMSInstanceId}. None by
         * default.
         *
         * @param id {@code kst-} and lower-case letters, digits and hyphens; what it may be is checked at the start
         */
        public Builder kmsInstance(String id) {
            kmsInstances.add(Objects.requireNonNull(id, "id"));
            return this;
        }

        /**
         * The TCP port of the first region, on the loopback interface; further regions get free ones.
         *
         * @param port 1 to 65535, or 0 (the default) for a free one
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("A port is from 0 to 65535: " + port);
            }
            this.port = port;
            return this;
        }

        /** Refuses requests of access keys that are not registered; by default they are let in. */
        public Builder strictAuthentication() {
            this.unknownKeys = UnknownKeys.REFUSED;
            return this;
        }

        /**
         * Enforces the service's quotas of calls in a second, such as 450 for reading secrets: calls beyond are answered
         * 429 {@code Rejected.Throttling}. By default there are none.
         */
        public Builder quotas() {
            this.quotas = true;
            return this;
        }

        /**
         * The real time: what signatures, sessions and quotas are measured by, unlike secrets. The system's by default; a
         * test that lets a session expire gives its own.
         */
        public Builder realTime(InstantSource realTime) {
            this.realTime = Objects.requireNonNull(realTime, "realTime");
            return this;
        }

        /** Stands the clock still at {@code instant}; by default it follows the system clock. */
        public Builder clockFrozenAt(Instant instant) {
            Objects.requireNonNull(instant, "instant");
            this.clock = () -> VirtualClock.frozenAt(instant);
            return this;
        }

        /** Has the clock begin at {@code instant}, in the past or future, and follow the system clock from there. */
        public Builder clockStartingAt(Instant instant) {
            Objects.requireNonNull(instant, "instant");
            this.clock = () -> VirtualClock.followingFrom(instant);
            return this;
        }

        /**
         * Refuses RotateSecret once it has begun so many rotations within an hour of the emulator's clock, as the service
         * does at 50; by default there is no limit.
         *
         * @param most at least 1
         */
        public Builder rotationsPerHour(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("A quota of rotations is at least 1: " + most);
            }
            this.rotationsPerHour = most;
            return this;
        }

        /**
         * How long the current version of a single-account secret does not log in while it rotates: from when the database
         * has the new password until the new version becomes current. By default there is no such window, and an
         * application that does not try again is found only by luck. With one, RotateSecret answers when the database has
         * the password, and a frozen clock has to be advanced to the end of the window.
         *
         * @param window on the emulator's clock; not negative
         */
        public Builder singleAccountWindow(Duration window) {
            if (window.isNegative()) {
                throw new IllegalArgumentException("A window is not negative: " + window);
            }
            this.singleAccountWindow = window;
            return this;
        }

        /**
         * Has the passwords and the ids of versions that the emulator makes follow from a seed: the same calls in the same
         * order, with the clock frozen at the same instant, end with the same secrets. By default nobody can foresee them.
         * Whoever knows the seed knows the passwords, so real databases are refused: {@link RdsInstances#add} works, and
         * {@link RdsInstances#attach} takes only what {@link dev.tumbler.emulator.rds.RdsInstance#inMemory} makes. What
         * GetRandomPassword answers, access keys, and the ids of keys, requests and events do not follow from it.
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Keeps secrets, keys and KMS instances in a directory, so that the next emulator there has them; by default they
         * are gone with the emulator. Needs {@code com.h2database:h2} on the class path. All is sealed with the key in
         * {@code tumbler.key}; whoever has that file has it. A rotation that the emulator has not finished, even if it
         * was killed, is finished by the next one as soon as the RDS instance is attached. RDS instances, RAM users, roles,
         * access keys and the time are not kept: set them up again.
         *
         * @param directory made if it is not there; one emulator at a time can use it
         */
        public Builder store(Path directory) {
            this.store = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * Starts it.
         *
         * @throws UncheckedIOException if the port is taken
         * @throws IllegalArgumentException if a KMS instance has an id that it cannot have
         * @throws IllegalStateException if the store cannot be opened, for one because another emulator has it open
         */
        public KmsEmulator start() {
            H2Store kept = store == null ? null : H2Store.open(store);
            try {
                return new KmsEmulator(this, kept);
            } catch (RuntimeException e) {
                if (kept != null) {
                    kept.close();
                }
                throw e;
            }
        }
    }
}
