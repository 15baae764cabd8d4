package dev.tumbler.client;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.internal.http.HttpGateway;
import dev.tumbler.client.internal.http.HttpSettings;
import dev.tumbler.client.internal.time.DaemonThreads;
import dev.tumbler.client.internal.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link SecretsClient}; not thread-safe. Needs a region or an endpoint. */
public final class SecretsClientBuilder {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");

    private @Nullable String region;
    private @Nullable URI endpoint;
    private CredentialsProvider credentials = CredentialsProvider.environment();
    private @Nullable String caCertificate;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration callTimeout = Duration.ofSeconds(30);
    private RetryPolicy retry = RetryPolicy.ofDefaults();
    private SignatureMethod signatureMethod = SignatureMethod.ACS3_HMAC_SHA256;
    private boolean parametersInQuery;

    private TimeSource time = TimeSource.system();
    private @Nullable ScheduledExecutorService scheduler;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    SecretsClientBuilder() {}

    /**
     * The region, like {@code cn-hangzhou}. Without an endpoint the client calls
     * {@code https://kms.<region>.aliyuncs.com}.
     *
     * @throws IllegalArgumentException if it holds anything but lower-case letters, digits and hyphens
     */
    public SecretsClientBuilder region(String region) {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("No region id: \"" + region + "\"; one looks like cn-hangzhou");
        }
        this.region = region;
        return this;
    }

    /**
     * The server to call, in place of the region's: scheme, host and port and nothing more.
     *
     * @throws IllegalArgumentException if it is no http or https URI, or has more parts
     */
    public SecretsClientBuilder endpoint(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("The endpoint must be like https://host or http://host:port");
        }
        if (endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || !(endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"))) {
            throw new IllegalArgumentException(
                    "The endpoint " + endpoint.getHost() + " must have no user, path, query or fragment");
        }
        this.endpoint = endpoint;
        return this;
    }

    /** Who signs the requests; by default {@link CredentialsProvider#environment()}. */
    public SecretsClientBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /**
     * The certificate authorities to trust, as PEM text of one or more certificates; all others are then not trusted.
     * By default those of the Java runtime.
     */
    public SecretsClientBuilder caCertificate(String pem) {
        this.caCertificate = Objects.requireNonNull(pem, "pem");
        return this;
    }

    /** The time to make a connection; default 5 s, must be positive. */
    public SecretsClientBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = positive("connectTimeout", timeout);
        return this;
    }

    /** The longest silence of the server within one request; default 10 s, must be positive. */
    public SecretsClientBuilder readTimeout(Duration timeout) {
        this.readTimeout = positive("readTimeout", timeout);
        return this;
    }

    /** The longest time of an operation, with all retries and the pauses between them; default 30 s, must be positive. */
    public SecretsClientBuilder callTimeout(Duration timeout) {
        this.callTimeout = positive("callTimeout", timeout);
        return this;
    }

    /** How temporary failures are retried; by default {@link RetryPolicy#ofDefaults()}. */
    public SecretsClientBuilder retry(RetryPolicy retry) {
        this.retry = Objects.requireNonNull(retry, "retry");
        return this;
    }

    /** How requests are signed; by default {@link SignatureMethod#ACS3_HMAC_SHA256}. */
    public SecretsClientBuilder signatureMethod(SignatureMethod signatureMethod) {
        this.signatureMethod = Objects.requireNonNull(signatureMethod, "signatureMethod");
        return this;
    }

    /**
     * Sends parameters in the query, as the official SDKs do. By default they are in a form body, because a query, with
     * the secret data of a write in it, ends up in the access logs of proxies.
     */
    public SecretsClientBuilder parametersInQuery() {
        this.parametersInQuery = true;
        return this;
    }

    /** Tests drive time, pauses and chance themselves. */
    SecretsClientBuilder timing(TimeSource time, ScheduledExecutorService scheduler, DoubleSupplier random) {
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
        return this;
    }

    /**
     * Builds the client; nothing is connected or asked for yet.
     *
     * @throws IllegalStateException if neither a region nor an endpoint is given
     * @throws IllegalArgumentException if the CA certificate cannot be read
     */
    public SecretsClient build() {
        if (region == null && endpoint == null) {
            throw new IllegalStateException("A SecretsClient needs a region, like cn-hangzhou, or an endpoint");
        }
        URI server = endpoint == null ? URI.create("https://kms." + region + ".aliyuncs.com") : endpoint;
        String host = HttpGateway.hostHeader(server);
        String place = region == null || endpoint != null ? "at " + host : "in " + region;
        CallPipeline pipeline = new CallPipeline(
                new HttpGateway(new HttpSettings(server, caCertificate, connectTimeout, readTimeout)),
                new CallPipeline.Settings(
                        host, place, credentials, signatureMethod, parametersInQuery, retry, callTimeout),
                time,
                scheduler == null ? DaemonThreads.scheduler("tumbler-kms-retry") : scheduler,
                random);
        return new DefaultSecretsClient(pipeline, new Operations(region));
    }

    private static Duration positive(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + timeout);
        }
        return timeout;
    }
}
