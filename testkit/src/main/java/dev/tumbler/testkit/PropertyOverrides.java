package dev.tumbler.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** System properties that have other values until this is closed. */
final class PropertyOverrides implements AutoCloseable {
    private final Map<String, @Nullable String> before = new HashMap<>();

    PropertyOverrides(Map<String, String> values) {
        values.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
