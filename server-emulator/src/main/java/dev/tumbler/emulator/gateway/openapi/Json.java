package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** JSON as every official client can read it. */
public final class Json {
    /** Without HTML escaping: the classic SDK drops the backslash of a hexadecimal escape and keeps the rest. */
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /** The text of an element. */
    public static String write(JsonElement element) {
        return GSON.toJson(element);
    }

    /** A member that is a string, or null if it is absent or anything else. */
    public static @Nullable String string(JsonObject object, String member) {
        return object.get(member) instanceof JsonPrimitive primitive && primitive.isString()
                ? primitive.getAsString()
                : null;
    }
}
