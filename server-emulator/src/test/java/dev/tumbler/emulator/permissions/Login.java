package dev.tumbler.emulator.permissions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** An account with a password that was read. Each call is a session of its own, as each pool's connection is. */
record Login(Server server, String accountName, String password) {
    void run(String... statements) throws SQLException {
        try (Connection connection = server.connect(accountName, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = server.connect(accountName, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Tries a statement, and takes it back where the engine can. What fails for another reason fails the test. */
    boolean may(String sql) throws SQLException {
        return may(List.of(sql)).get(0);
    }

    /** Tries statements one by one, each as if it were the only one. */
    List<Boolean> may(List<String> statements) throws SQLException {
        List<Boolean> verdicts = new ArrayList<>();
        if (server.takesEverythingBack()) {
            try (Connection connection = server.connect(accountName, password)) {
                for (String sql : statements) {
                    verdicts.add(may(connection, sql));
                }
            }
        } else {
            for (String sql : statements) {
                try (Connection connection = server.connect(accountName, password)) {
                    verdicts.add(may(connection, sql));
                }
            }
        }
        return verdicts;
    }

    private boolean may(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            SQLWarning warning = statement.getWarnings();
            return warning == null || !server.isDenial(warning);
        } catch (SQLException e) {
            if (!server.isDenial(e)) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback();
        }
    }

    @Override
    public String toString() {
        return accountName;
    }
}
