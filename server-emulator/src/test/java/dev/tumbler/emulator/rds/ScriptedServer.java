package dev.tumbler.emulator.rds;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;

/**
 * Stands in for a server that the build does not have: it answers queries from a script, and records the statements. It
 * shows what a dialect says, not that a server understands it.
 */
final class ScriptedServer implements Driver {
    private final int majorVersion;
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final Map<String, SQLException> failures = new LinkedHashMap<>();
    private final Map<String, SQLException> refusedUsers = new LinkedHashMap<>();
    private Properties lastProperties = new Properties();

    ScriptedServer(int majorVersion) {
        this.majorVersion = majorVersion;
    }

    /**
     * Answers queries that hold {@code fragment} and have these parameters.
     *
     * @param columns names, separated by commas
     */
    ScriptedServer answer(String fragment, List<String> parameters, String columns, Object[]... rows) {
        List<Map<String, Object>> table = new ArrayList<>();
        for (Object[] row : rows) {
            Map<String, Object> values = new LinkedHashMap<>();
            String[] names = columns.split(",", -1);
            for (int i = 0; i < names.length; i++) {
                values.put(names[i], row[i]);
            }
            table.add(values);
        }
        answers.add(new Answer(fragment, parameters, table));
        return this;
    }

    ScriptedServer failOn(String fragment, int errorCode, String message) {
        failures.put(fragment, new SQLException(message, "HY000", errorCode));
        return this;
    }

    ScriptedServer refuse(String user, SQLException reason) {
        refusedUsers.put(user, reason);
        return this;
    }

    /** What was executed so far, but for queries. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    /** What the last connection was opened with. */
    Properties lastProperties() {
        return lastProperties;
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        lastProperties = properties;
        SQLException refusal = refusedUsers.get(properties.getProperty("user"));
        if (refusal != null) {
            throw refusal;
        }
        return proxy(Connection.class, (connection, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement();
            case "prepareStatement" -> query((String) arguments[0]);
            case "getMetaData" ->
                proxy(
                        DatabaseMetaData.class,
                        (metaData, asked, none) ->
                                asked.getName().equals("getDatabaseMajorVersion") ? majorVersion : 0);
            case "setAutoCommit", "commit", "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private Statement statement() {
        return proxy(Statement.class, (statement, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                String sql = (String) arguments[0];
                for (Map.Entry<String, SQLException> failure : failures.entrySet()) {
                    if (sql.contains(failure.getKey())) {
                        throw failure.getValue();
                    }
                }
                statements.add(sql);
                yield false;
            }
            case "setEscapeProcessing", "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private PreparedStatement query(String sql) {
        Map<Integer, String> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, (statement, method, arguments) -> switch (method.getName()) {
            case "setString" -> parameters.put((Integer) arguments[0], (String) arguments[1]);
            case "executeQuery" -> rows(sql, List.copyOf(parameters.values()));
            case "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private ResultSet rows(String sql, List<String> parameters) {
        List<Map<String, Object>> table = answers.stream()
                .filter(answer ->
                        sql.contains(answer.fragment()) && answer.parameters().equals(parameters))
                .findFirst()
                .map(Answer::rows)
                .orElse(List.of());
        Iterator<Map<String, Object>> rows = table.iterator();
        List<Map<String, Object>> current = new ArrayList<>(Arrays.asList((Map<String, Object>) null));
        return proxy(ResultSet.class, (resultSet, method, arguments) -> switch (method.getName()) {
            case "next" -> {
                boolean more = rows.hasNext();
                current.set(0, more ? rows.next() : null);
                yield more;
            }
            case "getString", "getInt", "getLong" -> {
                Map<String, Object> row = current.get(0);
                if (arguments[0] instanceof Integer index) {
                    yield new ArrayList<>(row.values()).get(index - 1);
                }
                if (!row.containsKey((String) arguments[0])) {
                    throw new AssertionError("no column " + arguments[0] + " in " + row.keySet());
                }
                yield row.get((String) arguments[0]);
            }
            case "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean acceptsURL(String url) {
        return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("scripted");
    }

    private record Answer(String fragment, List<String> parameters, List<Map<String, Object>> rows) {}
}
