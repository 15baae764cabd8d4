package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretCacheBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver that takes the name of a secret for the user, and logs in with the account and password that the secret
 * holds. It takes {@code jdbc:tumbler:postgresql:...} and, as a replacement of the official Secret JDBC Client,
 * {@code secrets-manager:postgresql:...}, and likewise {@code mysql}, {@code mariadb} and {@code sqlserver}; the rest of
 * the URL and all other connection properties go to the database's own driver.
 *
 * <p>A URL without a rest, like {@code jdbc:tumbler:mysql:} or {@code jdbc:tumbler:mysql:?useSSL=true}, leaves it to the
 * secret where the database is: {@code Endpoint}, {@code Port} and {@code DBName} in its content or in the
 * {@code CustomData} of its extended configuration. The official client takes any text for the name of such a secret; this
 * driver does not, since every URL of another driver is such a text.
 *
 * <p>If the database refuses the login, the secret is read again and the newer version tried, then the previous one. If it
 * refuses both, the login waits for a newer one: for {@code tumbler.loginRetryTimeout}, an ISO duration like the default
 * {@code PT10S}, and no longer than {@link DriverManager#getLoginTimeout()}; {@code PT0S} turns it off. Other
 * {@link SQLException}s of the database's driver come through as they are; one for a refused login keeps SQLState and
 * error code.
 *
 * <p>Where KMS is and who reads there is looked up in the connection properties, the URL's parameters and the system
 * properties {@code tumbler.region}, {@code tumbler.endpoint}, {@code tumbler.accessKeyId},
 * {@code tumbler.accessKeySecret}, {@code tumbler.securityToken} (the last two never in the URL), and then in the
 * environment: {@code TUMBLER_REGION}, {@code TUMBLER_ENDPOINT}, {@code ALIBABA_CLOUD_ACCESS_KEY_ID},
 * {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET}, {@code ALIBABA_CLOUD_SECURITY_TOKEN}. What is found in none of them is taken
 * from the official client's {@code secretsmanager.properties} or its environment variables: the regions of
 * {@code cache_client_region_id}, of which the first is asked and the others only while it has no answer, and credentials of
 * the types {@code ak}, {@code token}, {@code sts}, {@code ram_role}, {@code ecs_ram_role}, {@code oidc_role_arn} and
 * {@code client_key}. Its
 * {@code refresh_secret_ttl} is not needed.
 *
 * <p>Thread-safe. A driver opens a client and a cache for each such configuration when it is first used, and closes them
 * when it is deregistered from the {@link DriverManager}.
 */
public final class TumblerDriver implements Driver {
    static {
        // What the JDBC specification asks of a driver class, for URLs and for Class.forName.
        TumblerDriver driver = new TumblerDriver();
        try {
            DriverManager.registerDriver(driver, driver::close);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Map<KmsSettings, Source> sources = new HashMap<>();

    /** Creates a driver of its own, besides the registered one. */
    public TumblerDriver() {}

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return JdbcUrl.parse(url) != null;
    }

    /**
     * Opens a connection with the account in a secret.
     *
     * @return the connection, or null if the URL is none of this driver's
     * @throws SQLException if the secret cannot be read, or the database refuses
     */
    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(url);
        if (parsed == null) {
            return null;
        }
        Properties given = info == null ? new Properties() : info;
        String secretName = given.getProperty("user");
        if (secretName == null || secretName.isBlank()) {
            throw new SQLNonTransientConnectionException(
                    "The connection needs a user: the name of the secret that holds account and password",
                    SqlStates.CONNECTION_FAILED);
        }
        parsed.requireNoAccount();
        KmsSettings settings = KmsSettings.of(
                parsed.settings(), given, System::getenv, OfficialSettings.find(Path.of(""), System::getenv));
        LoginRetry retry = KmsSettings.loginRetry(parsed.settings(), given).within(DriverManager.getLoginTimeout());
        return new SecretLogin(
                        LoginSource.of(cache(settings), secretName, parsed),
                        parsed.database(),
                        forTheDatabase(given),
                        retry)
                .connect();
    }

    private static Properties forTheDatabase(Properties given) {
        Properties passed = new Properties();
        passed.putAll(given);
        // A Properties object can have defaults, which putAll does not see.
        for (String name : given.stringPropertyNames()) {
            passed.setProperty(name, given.getProperty(name));
        }
        passed.keySet().removeIf(name -> name.toString().startsWith(JdbcUrl.SETTING_PREFIX));
        return passed;
    }

    private SecretCache cache(KmsSettings settings) throws SQLException {
        synchronized (sources) {
            Source source = sources.get(settings);
            if (source == null) {
                List<SecretsClient> clients = settings.clients();
                SecretCacheBuilder cache = SecretCache.builder(clients.get(0));
                clients.stream().skip(1).forEach(cache::fallback);
                source = new Source(clients, cache.build());
                sources.put(settings, source);
            }
            return source.cache();
        }
    }

    /** Closes what this driver has opened; connections stay. */
    private void close() {
        synchronized (sources) {
            sources.values().forEach(Source::close);
            sources.clear();
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(url);
        if (parsed == null) {
            return new DriverPropertyInfo[0];
        }
        // Which database it is does not matter here.
        JdbcUrl any = parsed.at(parsed.database().address("localhost", 1, "any"));
        String target = (parsed.isAddressInSecret() ? any : parsed).target();
        return DriverManager.getDriver(target).getPropertyInfo(target, info);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** Returns false: whether a connection is compliant is up to the database's own driver. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("This driver logs through SLF4J");
    }

    private record Source(List<SecretsClient> clients, SecretCache cache) {
        void close() {
            cache.close();
            clients.forEach(SecretsClient::close);
        }
    }
}
