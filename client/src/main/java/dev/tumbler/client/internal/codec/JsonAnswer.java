package dev.tumbler.client.internal.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON object of an answer, and the service's ways of writing values in it. */
public final class JsonAnswer {
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,10})([dhms])");

    private final JsonObject object;

    private JsonAnswer(JsonObject object) {
        this.object = object;
    }

    /**
     * Parses a body.
     *
     * @throws UnreadableAnswerException if it is empty or no JSON object
     */
    public static JsonAnswer parse(byte[] body) throws UnreadableAnswerException {
        if (body.length == 0) {
            throw new UnreadableAnswerException("an empty body");
        }
        try {
            if (JsonParser.parseString(new String(body, StandardCharsets.UTF_8)) instanceof JsonObject object) {
                return new JsonAnswer(object);
            }
        } catch (JsonParseException | IllegalStateException e) {
            // Falls through; the parser's message could quote the body.
        }
        throw new UnreadableAnswerException("a body of " + body.length + " bytes that is no JSON object");
    }

    /**
     * Returns the error in this answer, if it is one. A request id that looks like none is left out.
     *
     * @throws UnreadableAnswerException if it has a code that is none of the service's: messages and metrics show codes
     */
    public Optional<ServiceError> error() throws UnreadableAnswerException {
        String code = text("Code", "code");
        if (code == null || code.isEmpty()) {
            return Optional.empty();
        }
        if (!CODE.matcher(code).matches()) {
            throw new UnreadableAnswerException("something in place of an error code");
        }
        String requestId = orEmpty(text("RequestId", "requestId"));
        JsonAnswer denied = new JsonAnswer(
                object.get("AccessDeniedDetail") instanceof JsonObject detail ? detail : new JsonObject());
        return Optional.of(new ServiceError(
                code,
                orEmpty(text("Message", "message")),
                REQUEST_ID.matcher(requestId).matches() ? requestId : "",
                denied.textOrEmpty("AuthAction"),
                denied.textOrEmpty("AuthPrincipalDisplayName")));
    }

    String required(String name) throws UnreadableAnswerException {
        String value = text(name);
        if (value == null) {
            throw new UnreadableAnswerException("JSON without " + name);
        }
        return value;
    }

    int requiredInt(String name) throws UnreadableAnswerException {
        try {
            return Integer.parseInt(required(name));
        } catch (NumberFormatException e) {
            throw new UnreadableAnswerException("JSON whose " + name + " is no number");
        }
    }

    String textOrEmpty(String name) {
        return orEmpty(text(name));
    }

    @Nullable
    String text(String... names) {
        for (String name : names) {
            JsonElement element = object.get(name);
            if (element != null && element.isJsonPrimitive()) {
                return element.getAsString();
            }
        }
        return null;
    }

    /** Reads a date, usually {@code 2024-04-15T07:02:14Z}, at times with a fraction and an offset. */
    @Nullable
    Instant instant(String name) {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // A date is a side note: an application must still get its password.
            return null;
        }
    }

    /** Reads an interval like {@code 604800s}. */
    @Nullable
    Duration interval(String name) {
        String text = text(name);
        Matcher matcher = INTERVAL.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /** Reads a list of texts, which the service wraps in an object: {@code {"VersionStages":{"VersionStage":[...]}}}. */
    List<String> texts(String wrapper, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : elements(wrapper, name)) {
            if (element.isJsonPrimitive()) {
                texts.add(element.getAsString());
            }
        }
        return texts;
    }

    /** Reads a wrapped list of objects. */
    List<JsonAnswer> objects(String wrapper, String name) {
        List<JsonAnswer> objects = new ArrayList<>();
        for (JsonElement element : elements(wrapper, name)) {
            if (element instanceof JsonObject entry) {
                objects.add(new JsonAnswer(entry));
            }
        }
        return objects;
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonAnswer tag : objects("Tags", "Tag")) {
            tags.put(tag.textOrEmpty("TagKey"), tag.textOrEmpty("TagValue"));
        }
        return tags;
    }

    private JsonArray elements(String wrapper, String name) {
        return object.get(wrapper) instanceof JsonObject inner && inner.get(name) instanceof JsonArray array
                ? array
                : new JsonArray();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        return "JsonAnswer(redacted)";
    }
}
