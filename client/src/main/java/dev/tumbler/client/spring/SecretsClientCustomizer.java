package dev.tumbler.client.spring;

import dev.tumbler.client.SecretsClientBuilder;

/** A bean that changes what the properties do not, before the auto-configured client is built: retries, proxy, timeouts. */
@FunctionalInterface
public interface SecretsClientCustomizer {
    /** Changes the builder, which has the settings of the properties. */
    void customize(SecretsClientBuilder builder);
}
