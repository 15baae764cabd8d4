package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers are optional dependencies: without them everything works but a real database. */
class MissingDriverTest {
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, PostgreSQL, jdbc:postgresql://db/shop, org.postgresql:postgresql (42.7 or later)",
        "MARIADB, MariaDB, jdbc:mariadb://db/shop, org.mariadb.jdbc:mariadb-java-client (3.5 or later)",
        "MYSQL, MySQL, jdbc:mysql://db/shop, com.mysql:mysql-connector-j (8.4 or later)",
        "SQL_SERVER, SQL Server, jdbc:sqlserver://db, com.microsoft.sqlserver:mssql-jdbc (12.8 or later)"
    })
    void jdbc_withoutTheDriver_namesTheDependency(String name, String displayName, String url, String dependency)
            throws Exception {
        ClassLoader loader = new WithoutDriver();
        Class<?> engines = loader.loadClass(RdsEngine.class.getName());
        Object engine = Arrays.stream(engines.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow();
        Class<?> instances = loader.loadClass(RdsInstance.class.getName());
        Method inMemory = instances.getMethod("inMemory", engines);
        Method jdbc = instances.getMethod("jdbc", engines, String.class, String.class, String.class);

        assertThat(inMemory.invoke(null, engine)).hasToString(displayName + " in memory");
        assertThat(failureOf(jdbc, engine, url, "admin", "password"))
                .hasToString("dev.tumbler.emulator.rds.RdsException: The " + displayName
                        + " driver is not on the classpath: add the dependency " + dependency);
    }

    private static Throwable failureOf(Method method, Object... arguments) throws IllegalAccessException {
        try {
            throw new AssertionError("returned " + method.invoke(null, arguments));
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** Loads this package anew, and finds no drivers. */
    private static final class WithoutDriver extends ClassLoader {
        private static final List<String> DRIVERS =
                List.of("org.postgresql.", "org.mariadb.", "com.mysql.", "com.microsoft.sqlserver.");
        private static final String PACKAGE = RdsInstance.class.getPackageName() + ".";

        WithoutDriver() {
            super(RdsInstance.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (DRIVERS.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] content = bytes.readAllBytes();
                return defineClass(name, content, 0, content.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
