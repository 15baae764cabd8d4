package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The driver is an optional dependency: without it everything works but a real database. */
class MissingDriverTest {
    @Test
    void jdbc_withoutTheDriver_namesTheDependency() throws Exception {
        ClassLoader loader = new WithoutDriver();
        Class<?> engines = loader.loadClass(RdsEngine.class.getName());
        Object postgresql = Arrays.stream(engines.getEnumConstants())
                .filter(engine -> engine.toString().equals("POSTGRESQL"))
                .findFirst()
                .orElseThrow();
        Class<?> instances = loader.loadClass(RdsInstance.class.getName());
        Method inMemory = instances.getMethod("inMemory", engines);
        Method jdbc = instances.getMethod("jdbc", engines, String.class, String.class, String.class);

        assertThat(inMemory.invoke(null, postgresql)).hasToString("PostgreSQL in memory");
        assertThat(failureOf(jdbc, postgresql, "jdbc:postgresql://db/shop", "admin", "password"))
                .hasToString(
                        "dev.tumbler.emulator.rds.RdsException: The PostgreSQL driver is not on the classpath: add the dependency org.postgresql:postgresql (42.7 or later)");
    }

    private static Throwable failureOf(Method method, Object... arguments) throws IllegalAccessException {
        try {
            throw new AssertionError("returned " + method.invoke(null, arguments));
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** Loads this package anew, and finds no driver. */
    private static final class WithoutDriver extends ClassLoader {
        private static final String PACKAGE = RdsInstance.class.getPackageName() + ".";

        WithoutDriver() {
            super(RdsInstance.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.postgresql.")) {
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
