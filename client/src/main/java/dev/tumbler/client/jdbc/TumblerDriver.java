package dev.tumbler.client.jdbc;

import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.internal.time.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.stream.Stream;
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
 * <p>Settings are looked up in the connection properties, the URL's parameters and the system properties, in this order:
 *
 * <ul>
 *   <li>{@code tumbler.region}, {@code tumbler.endpoint} (a URI), {@code tumbler.vpc} ({@code true} or {@code false}),
 *       {@code tumbler.instance} (a KMS instance) and {@code tumbler.caCertificate} (a PEM file) say where KMS is, as those of
 *       {@link dev.tumbler.client.SecretsClientBuilder} do; the first two also as {@code TUMBLER_REGION} and
 *       {@code TUMBLER_ENDPOINT} in the environment;
 *   <li>{@code tumbler.accessKeyId}, {@code tumbler.accessKeySecret} and {@code tumbler.securityToken}, of which the last
 *       two must not stand in the URL, say as whom to read; without them the default credential chain does;
 *   <li>{@code tumbler.callTimeout} and {@code tumbler.refreshInterval}, ISO durations, are those of client and cache.
 * </ul>
 *
 * <p>Where none of the first group is given, the regions are those of the official client's
 * {@code secretsmanager.properties} or its environment variables, {@code cache_client_region_id}: the first is asked, and the
 * others only while it has no answer, which each has 10 seconds for. Where there are no credentials either, they are those
 * of its types {@code ak}, {@code token}, {@code sts}, {@code ram_role}, {@code ecs_ram_role}, {@code oidc_role_arn} and
 * {@code client_key}. Its {@code refresh_secret_ttl} is not needed, its
 * {@code cache_client_dkms_config_info} is refused where it stands alone.
 *
 * <p>Thread-safe. A driver opens a client and a cache for each such configuration when it is first used, and closes them
 * when it is {@linkplain #close closed}; the registered one when it is deregistered from the {@link DriverManager}.
 */
public final class TumblerDriver implements Driver, AutoCloseable {
    static {
        // What the JDBC specification asks of a driver class, for URLs and for Class.forName.
        TumblerDriver driver = new TumblerDriver();
        try {
            DriverManager.registerDriver(driver, driver::close);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final DriverCaches caches = new DriverCaches(TimeSource.system());

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
        DriverSettings settings = new DriverSettings(parsed.settings(), given, System::getenv);
        SecretCache cache = caches.of(settings.kms(OfficialSettings.find(Path.of(""), System::getenv)));
        LoginRetry retry = settings.loginRetry().within(DriverManager.getLoginTimeout());
        return new SecretLogin(LoginSource.of(cache, secretName, parsed), parsed, forTheDatabase(given), retry)
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

    /**
     * Closes the clients and caches that this driver has opened; connections stay, and the next one opens them anew. For a
     * driver that was given to a pool; the registered one does so when it is deregistered.
     */
    @Override
    public void close() {
        caches.close();
    }

    /** Returns this driver's own properties, and those of the database's driver. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(url);
        if (parsed == null) {
            return new DriverPropertyInfo[0];
        }
        // Which database it is does not matter here.
        JdbcUrl any = parsed.at(parsed.database().address("localhost", 1, "any"));
        String target = (parsed.isAddressInSecret() ? any : parsed).target();
        return Stream.concat(
                        Arrays.stream(DriverProperty.values()).map(DriverProperty::info),
                        Arrays.stream(DriverManager.getDriver(target).getPropertyInfo(target, info)))
                .toArray(DriverPropertyInfo[]::new);
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
}
