package dev.tumbler.client.spring;

import dev.tumbler.client.CallObserver;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.micrometer.KmsMetrics;
import dev.tumbler.client.micrometer.SecretCacheMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Metrics of client and cache, where there is a {@link MeterRegistry}: {@link KmsMetrics}, unless the application has a
 * {@link CallObserver} of its own, and {@link SecretCacheMetrics}.
 */
@AutoConfiguration(
        after = TumblerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, SecretCache.class})
public final class TumblerMetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(CallObserver.class)
    KmsMetrics tumblerKmsMetrics(MeterRegistry registry) {
        return new KmsMetrics(registry);
    }

    /** Spring Boot binds it to the registries. */
    @Bean
    @ConditionalOnMissingBean
    SecretCacheMetrics tumblerSecretCacheMetrics(SecretCache secrets) {
        return new SecretCacheMetrics(secrets);
    }
}
