package dev.tumbler.emulator.store;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.KmsKeyStore;
import dev.tumbler.emulator.secret.SecretStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Secrets and keys in one H2 file, {@code tumbler.mv.db}; each is sealed with the key in {@code tumbler.key} beside it.
 * Names and regions are in clear text. One process at a time has it open. Thread-safe.
 */
public final class H2Store implements AutoCloseable {
    private static final String FILE = "tumbler";

    /** The file is locked by another process; so says H2. */
    private static final int ALREADY_OPEN = 90020;

    private final Connection connection;
    private final Sealer sealer;

    private H2Store(Connection connection, Sealer sealer) {
        this.connection = connection;
        this.sealer = sealer;
    }

    /**
     * Opens the store in a directory; makes both if they are not there.
     *
     * @throws IllegalStateException if H2 is not on the class path, another process has the store open, or its key is
     *     missing
     * @throws UncheckedIOException if the directory cannot be made
     */
    public static H2Store open(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path file = directory.toAbsolutePath().resolve(FILE);
        Sealer sealer = Sealer.of(directory.resolve(FILE + ".key"), !Files.exists(directory.resolve(FILE + ".mv.db")));
        try {
            // Closed by us; and nothing is held back that a killed process would lose.
            Connection connection = DriverManager.getConnection(
                    "jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0", "tumbler", "");
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS document (kind VARCHAR(16) NOT NULL,"
                        + " region VARCHAR(64) NOT NULL, name VARCHAR(128) NOT NULL, state VARBINARY NOT NULL,"
                        + " PRIMARY KEY (kind, region, name))");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new H2Store(connection, sealer);
        } catch (SQLException e) {
            throw cannotOpen(file, e);
        }
    }

    private static IllegalStateException cannotOpen(Path file, SQLException e) {
        if (DriverManager.drivers().noneMatch(H2Store::isOfH2)) {
            return new IllegalStateException("A store needs H2 on the class path: com.h2database:h2", e);
        }
        if (e.getErrorCode() == ALREADY_OPEN) {
            return new IllegalStateException("Another process has the store open: " + file, e);
        }
        return new IllegalStateException("The store cannot be opened: " + file, e);
    }

    private static boolean isOfH2(Driver driver) {
        return driver.getClass().getName().toLowerCase(Locale.ROOT).startsWith("org.h2.");
    }

    /** The secrets of all regions. */
    public SecretStore secrets() {
        return new StoredSecrets(this);
    }

    /** The keys of all regions, and the KMS instances. */
    public KmsKeyStore keys() {
        return new StoredKeys(this);
    }

    /** All documents of a kind in a region, by name. */
    synchronized List<String> load(String kind, String region) {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name, state FROM document WHERE kind = ? AND region = ? ORDER BY name")) {
            select.setString(1, kind);
            select.setString(2, region);
            List<String> documents = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    documents.add(sealer.open(rows.getBytes(2), place(kind, region, rows.getString(1))));
                }
            }
            return documents;
        } catch (SQLException e) {
            throw new IllegalStateException("The store cannot be read", e);
        }
    }

    synchronized void save(String kind, String region, String name, String document) {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO document KEY (kind, region, name) VALUES (?, ?, ?, ?)")) {
            merge.setString(1, kind);
            merge.setString(2, region);
            merge.setString(3, name);
            merge.setBytes(4, sealer.seal(document, place(kind, region, name)));
            merge.executeUpdate();
        } catch (SQLException e) {
            throw KmsError.internalFailure("The store cannot be written: " + e.getMessage(), e);
        }
    }

    synchronized void remove(String kind, String region, String name) {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM document WHERE kind = ? AND region = ? AND name = ?")) {
            delete.setString(1, kind);
            delete.setString(2, region);
            delete.setString(3, name);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw KmsError.internalFailure("The store cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The store cannot be closed", e);
        }
    }

    private static String place(String kind, String region, String name) {
        return kind + " " + region + "/" + name;
    }
}
