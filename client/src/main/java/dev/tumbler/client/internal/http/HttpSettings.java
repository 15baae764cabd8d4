package dev.tumbler.client.internal.http;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the service.
 *
 * @param endpoint scheme, host and port
 * @param caCertificate the only certificate authorities to trust, in PEM; null for those of the Java runtime
 * @param proxy chooses the proxy
 * @param connectTimeout the time to make a connection, TLS included
 * @param readTimeout the longest silence of the server
 */
public record HttpSettings(
        URI endpoint,
        @Nullable String caCertificate,
        ProxySelector proxy,
        Duration connectTimeout,
        Duration readTimeout) {}
