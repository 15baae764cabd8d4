package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What all requests and results do with their fields, given as alternating names and values. */
final class Fields {
    private Fields() {}

    /** Throws unless all values are there, and names all that are not. */
    static void require(String type, @Nullable Object... namesAndValues) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                missing.add((String) namesAndValues[i]);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(type + " needs " + String.join(", ", missing));
        }
    }

    static String describe(String type, @Nullable Object... namesAndValues) {
        StringJoiner text = new StringJoiner(", ", type + "[", "]");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                text.add(namesAndValues[i] + "=" + namesAndValues[i + 1]);
            }
        }
        return text.toString();
    }
}
