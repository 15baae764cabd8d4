package dev.tumbler.emulator.permissions;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/** A real database server, as these tests use it. */
interface Server extends AutoCloseable {
    /** The instance that the emulator rotates on. */
    RdsInstance instance();

    /** Opens a session: on PostgreSQL in the database {@code shop}, on MariaDB in none. */
    Connection connect(String user, String password) throws SQLException;

    /** Runs statements as the administrator of the instance. */
    void asAdministrator(String... statements) throws SQLException;

    /** Whether a statement failed, or did nothing, because its account may not do that, and for no other reason. */
    boolean isDenial(SQLException e);

    /** Whether a rollback takes back whatever a session did, its role too. */
    boolean takesEverythingBack();

    @Override
    void close();

    static Server postgres() {
        RealPostgres postgres = RealPostgres.start();
        return new Server() {
            @Override
            public RdsInstance instance() {
                return RdsInstance.jdbc(
                        RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            }

            @Override
            public Connection connect(String user, String password) throws SQLException {
                return postgres.connect(user, password);
            }

            @Override
            public void asAdministrator(String... statements) throws SQLException {
                new Login(this, RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD).run(statements);
            }

            @Override
            public boolean isDenial(SQLException e) {
                // A grant without the option to grant is a warning only, if the account has any right on the object.
                return "42501".equals(e.getSQLState()) || "01007".equals(e.getSQLState());
            }

            @Override
            public boolean takesEverythingBack() {
                return true;
            }

            @Override
            public void close() {
                postgres.close();
            }
        };
    }

    static Server mariaDb() {
        RealMariaDb mariaDb = RealMariaDb.start();
        return new Server() {
            /** Access denied to a database, table, column or routine; a privilege, or the option to grant, is missing. */
            private static final Set<Integer> DENIALS =
                    Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1410, 1698, 1959, 1961);

            @Override
            public RdsInstance instance() {
                return RdsInstance.jdbc(
                        RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
            }

            @Override
            public Connection connect(String user, String password) throws SQLException {
                return DriverManager.getConnection(mariaDb.url().replace("/shop", "/"), user, password);
            }

            @Override
            public void asAdministrator(String... statements) throws SQLException {
                new Login(this, RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD).run(statements);
            }

            @Override
            public boolean isDenial(SQLException e) {
                return DENIALS.contains(e.getErrorCode());
            }

            @Override
            public boolean takesEverythingBack() {
                return false;
            }

            @Override
            public void close() {
                mariaDb.close();
            }
        };
    }
}
