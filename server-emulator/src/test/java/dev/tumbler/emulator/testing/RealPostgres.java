package dev.tumbler.emulator.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * A real PostgreSQL server for tests, which really checks passwords. Start one per test class: it takes half a second,
 * the first of a JVM some more.
 */
public final class RealPostgres implements AutoCloseable {
    /** A role with {@code CREATEROLE} and {@code CREATEDB} only, as RDS administrators have. */
    public static final String ADMIN = "rds_admin";

    public static final String ADMIN_PASSWORD = "Adm1n-of-the-test";

    private final Path data;
    private final Path log;
    private EmbeddedPostgres server;

    private RealPostgres(EmbeddedPostgres server, Path data, Path log) {
        this.server = server;
        this.data = data;
        this.log = log;
    }

    /** Starts a server that asks everybody but its superuser for a password (SCRAM). */
    public static RealPostgres start() {
        return start(List.of(
                "host all postgres 127.0.0.1/32 trust",
                "host all postgres ::1/128 trust",
                "host all all 127.0.0.1/32 scram-sha-256",
                "host all all ::1/128 scram-sha-256"));
    }

    /** Starts a server that lets everybody in, with any password, as {@code initdb} sets it up by default. */
    public static RealPostgres startTrusting() {
        return start(List.of("host all all 127.0.0.1/32 trust", "host all all ::1/128 trust"));
    }

    private static RealPostgres start(List<String> hba) {
        try {
            Path data = Files.createTempDirectory("postgres-data");
            FileUtils.copyDirectory(Template.DATA.toFile(), data.toFile());
            Files.write(data.resolve("pg_hba.conf"), hba);
            // A file, since a pipe ends with the process that starts the server.
            Path log = Files.createTempFile("postgres", ".log");
            return new RealPostgres(
                    server(data, Redirect.appendTo(log.toFile())).start(), data, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    private static EmbeddedPostgres.Builder server(Path data, Redirect output) {
        return EmbeddedPostgres.builder()
                .setOutputRedirector(output)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // Logging in is what tests do most: each login maps this memory and hashes the password.
                .setServerConfig("shared_buffers", "16MB")
                .setServerConfig("scram_iterations", "1");
    }

    /** Stops the server, as an outage does. */
    public void goDown() throws IOException {
        server.close();
    }

    /** Starts the server again, with all that it had, at the same port. */
    public void goUp() throws IOException {
        server = server(data, Redirect.appendTo(log.toFile())).setPort(port()).start();
    }

    /** The URL of the database {@code shop}, which {@link #ADMIN} owns; without credentials. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/shop";
    }

    /** The port, on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /** Opens a session in {@code shop}. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(url(), user, password);
    }

    /** Runs statements as the superuser, in the database {@code postgres}. */
    public void execute(String... statements) throws SQLException {
        execute(server, statements);
    }

    private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** What the server has logged so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            FileUtils.deleteQuietly(data.toFile());
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of a new server. Making them takes three times as long as starting one, so a JVM makes them once. */
    private static final class Template {
        static final Path DATA = create();

        private static Path create() {
            try {
                Path data = Files.createTempDirectory("postgres-template");
                try (EmbeddedPostgres server = server(data, Redirect.DISCARD).start()) {
                    execute(
                            server,
                            "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE CREATEDB PASSWORD '" + ADMIN_PASSWORD + "'",
                            "CREATE DATABASE shop OWNER " + ADMIN);
                }
                FileUtils.forceDeleteOnExit(data.toFile());
                return data;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("The data of the embedded PostgreSQL cannot be made", e);
            }
        }
    }
}
