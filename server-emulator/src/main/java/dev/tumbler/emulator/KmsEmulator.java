package dev.tumbler.emulator;

import dev.tumbler.emulator.fault.Faults;
import dev.tumbler.emulator.gateway.openapi.OpenApiGateway;
import dev.tumbler.emulator.gateway.openapi.kms.KmsApi;
import dev.tumbler.emulator.http.CertificateAuthority;
import dev.tumbler.emulator.http.HttpEngine;
import dev.tumbler.emulator.journal.Journal;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.AccessKeys;
import dev.tumbler.emulator.ram.Authenticator;
import dev.tumbler.emulator.ram.Authenticator.UnknownKeys;
import dev.tumbler.emulator.rds.PasswordGenerator;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationQuota;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.time.EmulatorClock;
import dev.tumbler.emulator.time.VirtualClock;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
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
 * <p>It is for tests and development: it protects nothing. Everything is kept in memory and gone with
 * {@link #close()}. Thread-safe.
 */
public final class KmsEmulator implements AutoCloseable {
    /** The region of the secrets, unless {@link Builder#region} says otherwise. */
    public static final String DEFAULT_REGION = "cn-hangzhou";

    /** The Alibaba Cloud account that owns everything. */
    public static final String ACCOUNT_ID = "1234567890123456";

    private static final Logger log = LoggerFactory.getLogger(KmsEmulator.class);

    private final String region;
    private final AccessKeys accessKeys = new AccessKeys();
    private final RdsInstances rds = new RdsInstances();
    private final RotationWorkers workers = new RotationWorkers();
    private final VirtualClock clock;
    private final Faults faults;
    private final Journal journal = new Journal();
    private final CertificateAuthority certificateAuthority;
    private final HttpEngine engine;

    private KmsEmulator(Builder builder) {
        InstantSource realTime = VirtualClock.systemTime();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        this.region = builder.region;
        this.clock = builder.frozenAt == null ? VirtualClock.following() : VirtualClock.frozenAt(builder.frozenAt);
        this.faults = new Faults(clock);
        this.certificateAuthority = CertificateAuthority.create(realTime);
        Secrets secrets = new Secrets(
                region, ACCOUNT_ID, clock, rds, workers, new PasswordGenerator()::generate, builder.rotationQuota);
        Authenticator authenticator = new Authenticator(accessKeys, ACCOUNT_ID, builder.unknownKeys, realTime);
        this.engine = HttpEngine.start(
                loopback,
                builder.port,
                certificateAuthority,
                new OpenApiGateway(List.of(KmsApi.on(secrets)), authenticator, faults, journal, clock, realTime));
        log.info("KMS emulator at {}, region {}. It is for tests; it protects no secrets.", endpoint(), region);
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
        return URI.create("http://" + hostAndPort());
    }

    /** {@code host:port}, the form in which the official SDKs take an endpoint. */
    public String hostAndPort() {
        return "127.0.0.1:" + engine.port();
    }

    /**
     * The certificate of the authority that signed the emulator's own, in PEM; made anew for each emulator. What a
     * client must trust for {@code https}.
     */
    public String caCertificate() {
        return certificateAuthority.caCertificatePem();
    }

    /** The region of the secrets, which is part of their ARNs. */
    public String region() {
        return region;
    }

    /** The time that secrets live by. */
    public EmulatorClock clock() {
        return clock;
    }

    /** The RDS instances whose accounts secrets can manage. */
    public RdsInstances rds() {
        return rds;
    }

    /**
     * The access keys that are known. Requests that a known key signed are verified strictly; those of other keys are
     * let in unless {@link Builder#strictAuthentication} was asked for.
     */
    public AccessKeys accessKeys() {
        return accessKeys;
    }

    /** Faults that calls are to meet: throttling, errors, delays, broken answers. */
    public Faults faults() {
        return faults;
    }

    /** What was asked so far, and how it ended. */
    public Journal journal() {
        return journal;
    }

    /** Makes an access key and registers it. */
    public AccessKey createAccessKey() {
        return accessKeys.create();
    }

    /** Stops answering, ends all threads and forgets everything. Rotations that are under way are interrupted. */
    @Override
    public void close() {
        engine.close();
        clock.close();
        workers.close();
    }

    /** Settings of an emulator. Not thread-safe. */
    public static final class Builder {
        private String region = DEFAULT_REGION;
        private int port;
        private UnknownKeys unknownKeys = UnknownKeys.ACCEPTED;
        private @Nullable Instant frozenAt;
        private RotationQuota rotationQuota = RotationQuota.unlimited();

        private Builder() {}

        /** The region of the secrets; {@code cn-hangzhou} by default. */
        public Builder region(String region) {
            this.region = Objects.requireNonNull(region, "region");
            return this;
        }

        /**
         * The TCP port, on the loopback interface.
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

        /** Stands the clock still at {@code instant}; by default it follows the system clock. */
        public Builder clockFrozenAt(Instant instant) {
            this.frozenAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Refuses RotateSecret once it has begun so many rotations within an hour of the emulator's clock, as the service
         * does at 50; by default there is no limit.
         *
         * @param most at least 1
         */
        public Builder rotationsPerHour(int most) {
            this.rotationQuota = RotationQuota.perHour(most);
            return this;
        }

        /**
         * Starts it.
         *
         * @throws java.io.UncheckedIOException if the port is taken
         */
        public KmsEmulator start() {
            return new KmsEmulator(this);
        }
    }
}
