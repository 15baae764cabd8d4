package dev.tumbler.client.spring;

import dev.tumbler.client.cache.CacheStats;
import dev.tumbler.client.cache.SecretCache;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the cache, {@code tumblerSecrets}: {@code UP}, or {@code STALE} while the last refresh of a secret failed, or
 * {@code MISSING} while there is none. Stale values log in as well as fresh ones until the next rotation, and what is missing
 * may be a name that never existed, so neither counts for the application as a whole. Off with {@code management.health.tumbler-secrets.enabled=false}.
 */
@AutoConfiguration(after = TumblerAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(SecretCache.class)
@ConditionalOnProperty(name = "management.health.tumbler-secrets.enabled", matchIfMissing = true)
public final class TumblerHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "tumblerSecretsHealthIndicator")
    HealthIndicator tumblerSecretsHealthIndicator(SecretCache secrets) {
        return () -> health(secrets.stats());
    }

    private static Health health(CacheStats stats) {
        Health.Builder health = stats.missingSecrets() > 0
                ? Health.status("MISSING")
                : stats.staleSecrets() > 0 ? Health.status("STALE") : Health.up();
        stats.oldestAge().ifPresent(age -> health.withDetail("oldestAge", age.toString()));
        return health.withDetail("secrets", stats.secrets())
                .withDetail("staleSecrets", stats.staleSecrets())
                .withDetail("missingSecrets", stats.missingSecrets())
                .build();
    }
}
