package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fields of answers are written. */
public final class Fields {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Fields() {}

    /** UTC, whole seconds: {@code 2026-11-24T03:44:00Z}. */
    public static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    /** A list as the SDKs' models have it: {@code {"VersionStage":[…]}}. */
    public static JsonObject wrapped(String element, List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return wrapped(element, array);
    }

    /** As {@link #wrapped(String, List)}, with elements of any kind. */
    public static JsonObject wrapped(String element, JsonArray values) {
        JsonObject wrapper = new JsonObject();
        wrapper.add(element, values);
        return wrapper;
    }

    /** Adds a text, unless there is none. */
    public static void addIfPresent(JsonObject answer, String name, @Nullable String value) {
        if (value != null) {
            answer.addProperty(name, value);
        }
    }
}
