package dev.tumbler.samples.rotation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL: one of its own that the demo starts, or one that the user names. */
final class Database implements AutoCloseable {
    /** What PostgreSQL answers to a wrong password. */
    private static final String INVALID_PASSWORD = "28P01";

    private final String url;
    private final Account admin;
    private final @Nullable EmbeddedPostgres server;
    private final @Nullable Path log;

    private Database(String url, Account admin, @Nullable EmbeddedPostgres server, @Nullable Path log) {
        this.url = url;
        this.admin = admin;
        this.server = server;
        this.log = log;
    }

    /** Starts a server with the binaries from Maven Central; it checks the password of everybody but its superuser. */
    static Database start() throws IOException, SQLException {
        Path log = Files.createTempFile("tumbler-demo-postgres", ".log");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setDataDirectoryCustomizer(directory -> writeAccessRules(directory.toPath()))
                .start();
        Account admin = new Account("rds_admin", "Adm1n-of-the-demo");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE rds_admin LOGIN CREATEROLE CREATEDB PASSWORD '" + admin.password() + "'");
            statement.execute("CREATE DATABASE shop OWNER rds_admin");
        }
        return new Database("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/shop", admin, server, log);
    }

    /** A server that runs already; {@code admin} must be allowed to create roles. */
    static Database at(String url, Account admin) {
        return new Database(url, admin, null, null);
    }

    private static void writeAccessRules(Path directory) {
        try {
            Files.write(
                    directory.resolve("pg_hba.conf"),
                    List.of(
                            "host all postgres 127.0.0.1/32 trust",
                            "host all postgres ::1/128 trust",
                            "host all all 127.0.0.1/32 scram-sha-256",
                            "host all all ::1/128 scram-sha-256"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    Account admin() {
        return admin;
    }

    String version() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, admin.name(), admin.password())) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** A table that the application's account may read. */
    void createOrders(String account) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, admin.name(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS tumbler_demo_orders");
            statement.execute("CREATE TABLE tumbler_demo_orders AS SELECT generate_series(1, 1000) AS id");
            statement.execute("GRANT SELECT ON tumbler_demo_orders TO \"" + account + "\"");
        }
    }

    /** Removes what a demo on a server of the user's left behind; with a server of its own that goes with it. */
    void dropOrders(List<String> accounts) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, admin.name(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS tumbler_demo_orders");
            for (String account : accounts) {
                statement.execute("DROP ROLE IF EXISTS \"" + account + "\"");
            }
        }
    }

    /** Whether a login is let in; false only if the password is what is wrong with it. */
    boolean letsIn(Account account) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, account.name(), account.password())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (INVALID_PASSWORD.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** How many logins the server has refused so far, by its own log; 0 for a server of the user's, whose log is afar. */
    long refusedLogins() throws IOException {
        if (log == null) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("password authentication failed"))
                    .count();
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        if (log != null) {
            Files.deleteIfExists(log);
        }
    }
}
