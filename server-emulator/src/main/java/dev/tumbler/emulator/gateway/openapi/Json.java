package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** JSON as every official client can read it. */
public final class Json {
    /** Without HTML escaping: the classic SDK drops the backslash of a hexadecimal escape and keeps the rest. */
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /**
     * Reads JSON by the letter of RFC 8259: no comments, no unquoted names, no line breaks in strings.
     *
     * @return null if it is not JSON; the parser's message would quote what may be secret
     */
    public static @Nullable JsonElement parse(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
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
