package dev.tumbler.emulator.rds;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** An administrator's session. */
final class Sql {
    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement to the letter: braces and question marks in a name are no JDBC escapes or parameters. */
    void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.setEscapeProcessing(false);
            sql.execute(statement);
        }
    }

    <T> List<T> query(String query, Row<T> row, String... parameters) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                sql.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = sql.executeQuery()) {
                List<T> results = new ArrayList<>();
                while (rows.next()) {
                    results.add(row.read(rows));
                }
                return results;
            }
        }
    }

    /** What to make of a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
