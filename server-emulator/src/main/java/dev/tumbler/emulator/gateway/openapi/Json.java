package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON as every official client can read it. */
public final class Json {
    /** Without HTML escaping: the classic SDK drops the backslash of a hexadecimal escape and keeps the rest. */
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /** The text of an element. */
    public static String write(JsonElement element) {
        return GSON.toJson(element);
    }
}
