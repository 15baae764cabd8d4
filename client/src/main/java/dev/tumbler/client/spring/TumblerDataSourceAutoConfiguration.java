package dev.tumbler.client.spring;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.jdbc.TumblerDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A HikariCP pool for a {@code spring.datasource.url} like {@code jdbc:tumbler:postgresql://db.internal:5432/orders}, whose
 * {@code spring.datasource.username} is the name of a secret. Its connections log in with what the secret holds, and after
 * a rotation it drops idle ones of the old account. {@code spring.datasource.hikari.*} are its further settings. Whoever
 * sets {@code spring.datasource.driver-class-name} or another {@code spring.datasource.type} gets what Spring Boot makes
 * of that instead.
 */
@AutoConfiguration(
        after = TumblerAutoConfiguration.class,
        beforeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(HikariDataSource.class)
@ConditionalOnMissingBean(DataSource.class)
@Conditional(TumblerDataSourceAutoConfiguration.OnTumblerUrl.class)
@EnableConfigurationProperties(TumblerProperties.class)
public final class TumblerDataSourceAutoConfiguration {
    private static final String URL = "spring.datasource.url";
    private static final String DRIVER_PROPERTIES = "spring.datasource.hikari.data-source-properties";
    private static final String SECRET_NAME = "spring.datasource.username";

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(
            Environment environment, TumblerProperties properties, ObjectProvider<SecretCache> secrets) {
        SecretCache cache = secrets.getIfAvailable(() -> {
            throw new IllegalStateException(URL
                    + " is one of Tumbler's, which needs to know where KMS is: set tumbler.region or tumbler.endpoint");
        });
        String secretName = environment.getProperty(SECRET_NAME, "");
        if (secretName.isBlank()) {
            throw new IllegalStateException(
                    SECRET_NAME + " must be the name of the secret that holds account and password");
        }
        if (environment.containsProperty("spring.datasource.password")) {
            throw new IllegalStateException(
                    "Remove spring.datasource.password: the password comes from the secret \"" + secretName + "\"");
        }
        TumblerDataSource.Builder builder = TumblerDataSource.builder(cache)
                .url(environment.getRequiredProperty(URL))
                .secretName(secretName);
        // HikariCP gives them to data sources that it has made itself only.
        Binder.get(environment)
                .bind(DRIVER_PROPERTIES, Bindable.mapOf(String.class, String.class))
                .ifBound(given -> given.forEach(builder::property));
        if (properties.loginRetryTimeout() != null) {
            builder.loginRetryTimeout(properties.loginRetryTimeout());
        }
        TumblerDataSource source = builder.build();
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(source);
        source.onChange(() -> {
            HikariPoolMXBean running = pool.getHikariPoolMXBean();
            if (running != null) {
                running.softEvictConnections();
            }
        });
        return pool;
    }

    /** The URL is one of Tumbler's, and nobody asked for another pool or for the plain driver. */
    static final class OnTumblerUrl extends SpringBootCondition {
        private static final List<String> PREFIXES = List.of("jdbc:tumbler:", "secrets-manager:");

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            ConditionMessage.Builder message = ConditionMessage.forCondition("Tumbler URL");
            String url = environment.getProperty(URL, "");
            if (PREFIXES.stream().noneMatch(url::startsWith)) {
                return ConditionOutcome.noMatch(message.because(URL + " begins with none of " + PREFIXES));
            }
            if (environment.containsProperty("spring.datasource.driver-class-name")) {
                return ConditionOutcome.noMatch(message.because("spring.datasource.driver-class-name is set"));
            }
            String type = environment.getProperty("spring.datasource.type", HikariDataSource.class.getName());
            return type.equals(HikariDataSource.class.getName())
                    ? ConditionOutcome.match(message.because(URL + " is one"))
                    : ConditionOutcome.noMatch(message.because("spring.datasource.type is " + type));
        }
    }
}
