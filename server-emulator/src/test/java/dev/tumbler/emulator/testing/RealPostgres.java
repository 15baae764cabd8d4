package dev.tumbler.emulator.testing;

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

/**
 * A real PostgreSQL server for tests, which really checks passwords. Start one per test class: it takes a second or
 * two.
 */
public final class RealPostgres implements AutoCloseable {
    /** A role with {@code CREATEROLE} and {@code CREATEDB} only, as RDS administrators have. */
    public static final String ADMIN = "rds_admin";

    public static final String ADMIN_PASSWORD = "Adm1n-of-the-test";

    private final EmbeddedPostgres server;
    private final Path log;

    private RealPostgres(EmbeddedPostgres server, Path log) {
        this.server = server;
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
            // A file, since a pipe ends with the process that starts the server.
            Path log = Files.createTempFile("postgres", ".log");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    // Logging in is what tests do most; each login maps this memory.
                    .setServerConfig("shared_buffers", "16MB")
                    .setDataDirectoryCustomizer(directory -> {
                        try {
                            Files.write(directory.toPath().resolve("pg_hba.conf"), hba);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .start();
            RealPostgres postgres = new RealPostgres(server, log);
            postgres.execute(
                    "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE CREATEDB PASSWORD '" + ADMIN_PASSWORD + "'",
                    "CREATE DATABASE shop OWNER " + ADMIN);
            return postgres;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL did not start", e);
        }
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
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
