package dev.tumbler.client.auth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tumbler.client.internal.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads what STS, the metadata service and credentials URIs answer. */
final class SessionJson {
    private SessionJson() {}

    /** Reads {@code {"Code":"Success","AccessKeyId":...}}, of the metadata service and of credentials URIs. */
    static Session flat(String who, HttpAnswer answer) {
        JsonObject json = parsed(who, answer);
        String code = text(json, "Code");
        if (answer.status() != 200 || !"Success".equals(code)) {
            throw refused(who, answer, json);
        }
        return session(who, json);
    }

    /** Reads {@code {"Credentials":{"AccessKeyId":...}}}, of STS. */
    static Session sts(String who, HttpAnswer answer) {
        JsonObject json = parsed(who, answer);
        if (answer.status() != 200 || !(json.get("Credentials") instanceof JsonObject credentials)) {
            throw refused(who, answer, json);
        }
        return session(who, credentials);
    }

    /** Returns whether a request is refused for its time, which is that of our clock. */
    static boolean isOfAnotherTime(HttpAnswer answer) {
        if (answer.status() == 200) {
            return false;
        }
        try {
            String code = text(parsed("", answer), "Code");
            return code != null && (code.startsWith("InvalidTimeStamp") || code.equals("IllegalTimestamp"));
        } catch (CredentialsException e) {
            return false;
        }
    }

    private static JsonObject parsed(String who, HttpAnswer answer) {
        try {
            if (JsonParser.parseString(new String(answer.body(), StandardCharsets.UTF_8)) instanceof JsonObject json) {
                return json;
            }
        } catch (JsonParseException e) {
            // Falls through; the parser's message could quote the answer.
        }
        throw new CredentialsException(
                who + " answered " + answer.status() + " with something that is no JSON object",
                isTemporary(answer.status(), null),
                null);
    }

    /** Tells code and request id only: the text of an error can quote what was sent. */
    private static CredentialsException refused(String who, HttpAnswer answer, JsonObject json) {
        String code = text(json, "Code");
        String requestId = text(json, "RequestId");
        return new CredentialsException(
                who + " answered " + answer.status() + " "
                        + (code == null ? "without credentials" : code)
                        + (requestId == null ? "" : ", request " + requestId),
                isTemporary(answer.status(), code),
                null);
    }

    /** Returns whether the same request can be answered otherwise a moment later. */
    static boolean isTemporary(int status, @Nullable String code) {
        return status >= 500
                || status == 429
                || (code != null && (code.startsWith("Throttling") || code.startsWith("ServiceUnavailable")));
    }

    private static Session session(String who, JsonObject json) {
        String id = Text.given(text(json, "AccessKeyId"));
        String secret = Text.given(text(json, "AccessKeySecret"));
        String token = Text.given(text(json, "SecurityToken"));
        String expiration = Text.given(text(json, "Expiration"));
        if (id == null || secret == null || token == null || expiration == null) {
            throw new CredentialsException(who + " answered without "
                    + (id == null
                            ? "AccessKeyId"
                            : secret == null ? "AccessKeySecret" : token == null ? "SecurityToken" : "Expiration"));
        }
        return new Session(Text.credentials(who + " answered: ", id, secret, token), instant(who, expiration));
    }

    private static Instant instant(String who, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new CredentialsException(who + " answered with an Expiration that is no date");
        }
    }

    private static @Nullable String text(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null && element.isJsonPrimitive() ? element.getAsString() : null;
    }
}
