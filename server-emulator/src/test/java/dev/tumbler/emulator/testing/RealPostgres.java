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
import org.apache.commons.io.FileUtils;

/**
 * A real PostgreSQL server for tests, which really checks passwords. Start one per test class: it takes a second or
 * two.
 */
public final class RealPostgres implements AutoCloseable {
    /** A role with {@code CREATEROLE} and {@code CREATEDB} only, as RDS administrators have. */
    public static final String ADMIN = "rds_admin";

    public static final String ADMIN_PASSWORD = "Adm1n-of-the-test";

    private static final List<String> PASSWORDS = List.of(
            "host all postgres 127.0.0.1/32 trust",
            "host all postgres ::1/128 trust",
            "host all all 127.0.0.1/32 scram-sha-256",
            "host all all ::1/128 scram-sha-256");

    private final List<String> hba;

    /** Null for a directory that goes with the server. */
    private final Path data;

    private final Path log;
    private EmbeddedPostgres server;

    private RealPostgres(List<String> hba, Path data, Path log) {
        this.hba = hba;
        this.data = data;
        this.log = log;
    }

    /** Starts a server that asks everybody but its superuser for a password (SCRAM). */
    public static RealPostgres start() {
        return start(PASSWORDS, null);
    }

    /** Starts a server that lets everybody in, with any password, as {@code initdb} sets it up by default. */
    public static RealPostgres startTrusting() {
        return start(List.of("host all all 127.0.0.1/32 trust", "host all all ::1/128 trust"), null);
    }

    /** As {@link #start}, one that can {@link #goDown}. */
    public static RealPostgres startForOutages() {
        try {
            return start(PASSWORDS, Files.createTempDirectory("postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RealPostgres start(List<String> hba, Path data) {
        try {
            // A file, since a pipe ends with the process that starts the server.
            RealPostgres postgres = new RealPostgres(hba, data, Files.createTempFile("postgres", ".log"));
            postgres.startServer(0);
            postgres.execute(
                    "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE CREATEDB PASSWORD '" + ADMIN_PASSWORD + "'",
                    "CREATE DATABASE shop OWNER " + ADMIN);
            return postgres;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL did not start", e);
        }
    }

    /** @param port 0 for a free one */
    private void startServer(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                // Logging in is what tests do most; each login maps this memory.
                .setServerConfig("shared_buffers", "16MB")
                .setPort(port)
                .setDataDirectoryCustomizer(directory -> {
                    try {
                        Files.write(directory.toPath().resolve("pg_hba.conf"), hba);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        if (data != null) {
            builder.setDataDirectory(data).setCleanDataDirectory(false);
        }
        server = builder.start();
    }

    /** Stops the server, as an outage does. */
    public void goDown() throws IOException {
        server.close();
    }

    /** Starts the server again, with all that it had, at the same port. */
    public void goUp() throws IOException {
        startServer(port());
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
            if (data != null) {
                FileUtils.deleteDirectory(data.toFile());
            }
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
