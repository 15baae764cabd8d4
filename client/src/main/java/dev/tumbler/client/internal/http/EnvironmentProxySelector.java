package dev.tumbler.client.internal.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the proxy that the environment names, as the official SDKs do: {@code HTTPS_PROXY} or {@code HTTP_PROXY}, in either
 * case, except for the hosts of {@code NO_PROXY} and for this machine. Without one, what the Java runtime is set to.
 */
public final class EnvironmentProxySelector extends ProxySelector {
    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Map<String, Proxy> proxies = new HashMap<>();
    private final String noProxy;

    /**
     * Reads the environment once.
     *
     * @param environment returns the value of a variable, null if it is not set
     * @throws IllegalArgumentException if a variable names no proxy
     */
    public EnvironmentProxySelector(Function<String, @Nullable String> environment) {
        for (String scheme : List.of("http", "https")) {
            String proxy = variable(environment, scheme + "_proxy");
            if (!proxy.isEmpty()) {
                proxies.put(scheme, parsed(proxy));
            }
        }
        this.noProxy = variable(environment, "no_proxy").toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (isThisMachine(host) || isExcluded(host)) {
            return DIRECT;
        }
        Proxy proxy = proxies.get(uri.getScheme());
        if (proxy != null) {
            return List.of(proxy);
        }
        ProxySelector runtime = ProxySelector.getDefault();
        return runtime == null ? DIRECT : runtime.select(uri);
    }

    private static String variable(Function<String, @Nullable String> environment, String lowerCase) {
        String value = environment.apply(lowerCase);
        if (value == null || value.isBlank()) {
            value = environment.apply(lowerCase.toUpperCase(Locale.ROOT));
        }
        return value == null ? "" : value.strip();
    }

    private static Proxy parsed(String proxy) {
        try {
            // Without a scheme, "host:port" would be a URI of the scheme "host".
            URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null) {
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
            }
        } catch (URISyntaxException e) {
            // Falls through: the message would hold the text, and that perhaps a password.
        }
        throw new IllegalArgumentException("HTTPS_PROXY and HTTP_PROXY must be like http://host:port");
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]") || host.equals("::1");
    }

    private boolean isExcluded(String host) {
        for (String entry : noProxy.split(",", -1)) {
            String name = entry.strip();
            String suffix = name.startsWith("*") ? name.substring(1) : name;
            String domain = suffix.startsWith(".") ? suffix : "." + suffix;
            if (name.equals("*") || (!name.isEmpty() && (host.equals(name) || host.endsWith(domain)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The caller learns it; there is no second proxy to choose.
    }
}
