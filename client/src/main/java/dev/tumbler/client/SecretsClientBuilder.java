package dev.tumbler.client;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.internal.http.EnvironmentProxySelector;
import dev.tumbler.client.internal.http.HttpGateway;
import dev.tumbler.client.internal.http.HttpSettings;
import dev.tumbler.client.internal.http.Transport;
import dev.tumbler.client.internal.time.DaemonThreads;
import dev.tumbler.client.internal.time.TimeSource;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
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
    private CredentialsProvider credentials = CredentialsProvider.defaultChain();
    private @Nullable String instance;
    private boolean vpc;
    private @Nullable ProxySelector proxy;
    private @Nullable String caCertificate;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration callTimeout = Duration.ofSeconds(30);
    private RetryPolicy retry = RetryPolicy.ofDefaults();
    private SignatureMethod signatureMethod = SignatureMethod.ACS3_HMAC_SHA256;
    private boolean parametersInQuery;
    private CallObserver observer = (action, secretName) -> new CallObserver.Observation() {};

    private @Nullable Transport transport;
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

    /**
     * Calls the region from inside a VPC, at {@code https://kms-vpc.<region>.aliyuncs.com}. Source: KMS API reference,
     * "Endpoints".
     */
    public SecretsClientBuilder vpc() {
        this.vpc = true;
        return this;
    }

    /**
     * Calls the gateway of a KMS instance, {@code https://<instance>.cryptoservice.kms.aliyuncs.com}, which answers the same
     * API and is reached from the VPC of the instance only. Its certificate comes from a private authority: see
     * {@link #caCertificate}. Source: KMS, "Shared gateway and dedicated gateway"; that all operations are answered there is
     * <em>assumed</em>.
     *
     * @param instanceId the instance, like {@code kst-...}
     * @throws IllegalArgumentException if it holds anything but lower-case letters, digits and hyphens
     */
    public SecretsClientBuilder instance(String instanceId) {
        if (!REGION.matcher(instanceId).matches()) {
            throw new IllegalArgumentException("No KMS instance: \"" + instanceId + "\"; one looks like kst-...");
        }
        this.instance = instanceId;
        return this;
    }

    /**
     * The proxy for a request. By default that of {@code HTTPS_PROXY}, or {@code HTTP_PROXY} for an http endpoint, except for
     * the hosts of {@code NO_PROXY} and this machine; without one, what the Java runtime is set to. Names and passwords in
     * these variables are not used. {@code ProxySelector.of(null)} goes without.
     */
    public SecretsClientBuilder proxy(ProxySelector proxy) {
        this.proxy = Objects.requireNonNull(proxy, "proxy");
        return this;
    }

    /** As {@link #proxy(ProxySelector)}, with one HTTP proxy for all requests. */
    public SecretsClientBuilder proxy(String host, int port) {
        return proxy(ProxySelector.of(InetSocketAddress.createUnresolved(host, port)));
    }

    /** Who signs the requests; by default {@link CredentialsProvider#defaultChain()}. */
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

    /** Who watches the operations, for metrics and traces; by default nobody. */
    public SecretsClientBuilder observer(CallObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
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

    /** The fleet simulation answers without a network. */
    SecretsClientBuilder transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /**
     * Builds the client; nothing is connected or asked for yet.
     *
     * @throws IllegalStateException if there is no region, endpoint or instance, or more than one of endpoint, VPC and
     *     instance
     * @throws IllegalArgumentException if the CA certificate cannot be read
     */
    public SecretsClient build() {
        URI server = server();
        String host = HttpGateway.hostHeader(server);
        String place = region == null || endpoint != null || instance != null ? "at " + host : "in " + region;
        ProxySelector way = proxy == null ? new EnvironmentProxySelector(System::getenv) : proxy;
        CallPipeline pipeline = new CallPipeline(
                transport == null
                        ? new HttpGateway(new HttpSettings(server, caCertificate, way, connectTimeout, readTimeout))
                        : transport,
                new CallPipeline.Settings(
                        host, place, credentials, signatureMethod, parametersInQuery, retry, callTimeout, observer),
                time,
                scheduler == null ? DaemonThreads.scheduler("tumbler-kms-retry") : scheduler,
                random);
        return new DefaultSecretsClient(pipeline, new Operations(region));
    }

    private URI server() {
        if ((endpoint != null && (vpc || instance != null)) || (vpc && instance != null)) {
            throw new IllegalStateException("A SecretsClient takes one of endpoint, vpc and instance");
        }
        if (endpoint != null) {
            return endpoint;
        }
        if (instance != null) {
            return URI.create("https://" + instance + ".cryptoservice.kms.aliyuncs.com");
        }
        if (region == null) {
            throw new IllegalStateException("A SecretsClient needs a region, like cn-hangzhou, or an endpoint");
        }
        return URI.create("https://" + (vpc ? "kms-vpc." : "kms.") + region + ".aliyuncs.com");
    }

    private static Duration positive(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + timeout);
        }
        return timeout;
    }
}
