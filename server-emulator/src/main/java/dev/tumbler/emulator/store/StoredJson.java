package dev.tumbler.emulator.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all stored forms are made of. */
final class StoredJson {
    private static final int FORMAT = 1;

    private StoredJson() {}

    /** A new document. */
    static JsonObject document() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        return json;
    }

    /** @throws IllegalStateException if a later version of the emulator has written it */
    static JsonObject parse(String document) {
        JsonObject json = JsonParser.parseString(document).getAsJsonObject();
        if (json.get("format").getAsInt() != FORMAT) {
            throw new IllegalStateException("The store is of a later version of the emulator");
        }
        return json;
    }

    static JsonArray tags(Tags tags) {
        return array(tags.asList(), StoredJson::tag);
    }

    static Tags readTags(JsonObject json, String name) {
        return Tags.of("Tags", list(json, name, StoredJson::readTag), Tags.MOST);
    }

    private static JsonObject tag(Tag tag) {
        JsonObject json = new JsonObject();
        json.addProperty("key", tag.key());
        json.addProperty("value", tag.value());
        return json;
    }

    private static Tag readTag(JsonObject json) {
        return new Tag(string(json, "key"), string(json, "value"));
    }

    static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> form) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(form.apply(value)));
        return array;
    }

    static JsonArray strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> form) {
        List<T> values = new ArrayList<>();
        json.getAsJsonArray(name).forEach(element -> values.add(form.apply(element.getAsJsonObject())));
        return values;
    }

    static List<String> readStrings(JsonObject json, String name) {
        List<String> values = new ArrayList<>();
        json.getAsJsonArray(name).forEach(element -> values.add(element.getAsString()));
        return values;
    }

    static String string(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    static @Nullable String optional(JsonObject json, String name) {
        return isNull(json, name) ? null : string(json, name);
    }

    static @Nullable Instant instant(JsonObject json, String name) {
        String text = optional(json, name);
        return text == null ? null : Instant.parse(text);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static boolean isNull(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element == null || element.isJsonNull();
    }
}
