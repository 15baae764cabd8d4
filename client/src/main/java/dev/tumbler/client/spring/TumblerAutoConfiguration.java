package dev.tumbler.client.spring;

import dev.tumbler.client.CallObserver;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.SecretsClientBuilder;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretCacheBuilder;
import dev.tumbler.client.cache.SecretStore;
import dev.tumbler.client.internal.http.PemText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * A {@link SecretsClient} and a {@link SecretCache} of it, unless the application has its own. Beans of type
 * {@link CredentialsProvider}, {@link CallObserver} and {@link SecretStore} are used if there is one each; then all
 * {@link SecretsClientCustomizer}s and {@link SecretCacheCustomizer}s, in their order.
 */
@AutoConfiguration
@Conditional(TumblerAutoConfiguration.OnPlace.class)
@EnableConfigurationProperties(TumblerProperties.class)
public final class TumblerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SecretsClient tumblerSecretsClient(
            TumblerProperties properties,
            ObjectProvider<CredentialsProvider> credentials,
            ObjectProvider<CallObserver> observer,
            ObjectProvider<SecretsClientCustomizer> customizers) {
        SecretsClientBuilder builder = SecretsClient.builder();
        Optional.ofNullable(properties.region()).ifPresent(builder::region);
        Optional.ofNullable(properties.endpoint()).ifPresent(builder::endpoint);
        Optional.ofNullable(properties.instance()).ifPresent(builder::instance);
        Optional.ofNullable(properties.caCertificate())
                .map(TumblerAutoConfiguration::pem)
                .ifPresent(builder::caCertificate);
        Optional.ofNullable(properties.callTimeout()).ifPresent(builder::callTimeout);
        if (properties.vpc()) {
            builder.vpc();
        }
        accessKey(properties).map(CredentialsProvider::of).ifPresent(builder::credentials);
        credentials.ifUnique(builder::credentials);
        observer.ifUnique(builder::observer);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    SecretCache tumblerSecretCache(
            TumblerProperties properties,
            SecretsClient client,
            ObjectProvider<SecretStore> store,
            ObjectProvider<SecretCacheCustomizer> customizers) {
        SecretCacheBuilder builder = SecretCache.builder(client);
        Optional.ofNullable(properties.refreshInterval()).ifPresent(builder::refreshInterval);
        Optional.ofNullable(properties.expireAfter()).ifPresent(builder::expireAfter);
        store.ifUnique(builder::store);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** A file too, as the driver takes it: system properties reach both. */
    private static String pem(String textOrFile) {
        try {
            return PemText.of(textOrFile);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException("tumbler.ca-certificate is neither PEM nor a file that can be read", e);
        }
    }

    private static Optional<Credentials> accessKey(TumblerProperties properties) {
        String id = properties.accessKeyId();
        String secret = properties.accessKeySecret();
        if ((id == null) != (secret == null)) {
            throw new IllegalStateException(
                    "Give both tumbler.access-key-id and tumbler.access-key-secret, or neither");
        }
        if (id == null || secret == null) {
            return Optional.empty();
        }
        String token = properties.securityToken();
        return Optional.of(token == null ? Credentials.of(id, secret) : Credentials.of(id, secret, token));
    }

    /** Somebody said where KMS is. */
    static final class OnPlace extends AnyNestedCondition {
        OnPlace() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("tumbler.region")
        static final class Region {}

        @ConditionalOnProperty("tumbler.endpoint")
        static final class Endpoint {}

        @ConditionalOnProperty("tumbler.instance")
        static final class Instance {}
    }
}
