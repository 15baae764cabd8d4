package dev.tumbler.client.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The databases that we know how to log in to. */
enum Database {
    POSTGRESQL("postgresql:", "org.postgresql:postgresql");

    private static final int MAX_DEPTH = 16;

    private final String subprotocol;
    private final String artifact;

    Database(String subprotocol, String artifact) {
        this.subprotocol = subprotocol;
        this.artifact = artifact;
    }

    /** Returns the database that the rest of a JDBC URL, after {@code jdbc:}, names. */
    static @Nullable Database of(String rest) {
        for (Database database : values()) {
            if (rest.startsWith(database.subprotocol)) {
                return database;
            }
        }
        return null;
    }

    /** Returns the Maven coordinate of the driver. */
    String artifact() {
        return artifact;
    }

    /**
     * Returns whether the database refused name or password. Drivers and wrappers put the exception that knows it behind
     * others, so the causes count too.
     */
    boolean isLoginFailure(SQLException failure) {
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
            if (link instanceof SQLException sql && sql.getSQLState() != null && isLoginFailure(sql.getSQLState())) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    private boolean isLoginFailure(String sqlState) {
        return switch (this) {
            case POSTGRESQL -> sqlState.equals("28P01") || sqlState.equals("28000");
        };
    }
}
