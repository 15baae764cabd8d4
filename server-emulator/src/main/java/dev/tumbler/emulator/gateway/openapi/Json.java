package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** JSON as every official client can read it. Gson 2.8.9 will do, which the official SDKs bring. */
public final class Json {
    /** Without HTML escaping: the classic SDK drops the backslash of a hexadecimal escape and keeps the rest. */
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private static final TypeAdapter<JsonElement> ELEMENTS = GSON.getAdapter(JsonElement.class);

    private Json() {}

    /**
     * Reads JSON as strictly as each version of Gson can that a user may have: no comments, no unquoted names, nothing
     * behind the end.
     *
     * @return null if it is not JSON; the parser's message would quote what may be secret
     */
    public static @Nullable JsonElement parse(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            JsonElement element = ELEMENTS.read(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? element : null;
        } catch (JsonParseException | IOException e) {
            return null;
        }
    }

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
