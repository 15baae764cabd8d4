package dev.tumbler.samples.broken;

import java.sql.SQLException;

/** As much of a JDBC driver as the applications need. */
public interface Database {
    /**
     * Logs in.
     *
     * @throws SQLException with an SQLState that begins with {@code 28} if the login is refused
     */
    Session connect(String accountName, String password) throws SQLException;

    /** A connection. */
    interface Session extends AutoCloseable {
        /**
         * Asks something.
         *
         * @throws SQLException if the connection is broken
         */
        void query() throws SQLException;

        @Override
        void close();
    }

    /** Whether the account or its password was refused. */
    static boolean isLoginRefused(SQLException failure) {
        return failure.getSQLState() != null && failure.getSQLState().startsWith("28");
    }
}
