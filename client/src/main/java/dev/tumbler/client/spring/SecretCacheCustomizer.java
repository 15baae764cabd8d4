package dev.tumbler.client.spring;

import dev.tumbler.client.cache.SecretCacheBuilder;

/** A bean that changes what the properties do not, before the auto-configured cache is built: size, fallback, clock. */
@FunctionalInterface
public interface SecretCacheCustomizer {
    /** Changes the builder, which has the settings of the properties. */
    void customize(SecretCacheBuilder builder);
}
