package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.secret.RdsBinding;
import dev.tumbler.emulator.secret.Secret;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that answers share, in the service's form. */
final class Fields {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Fields() {}

    /** UTC, whole seconds: {@code 2026-11-24T03:44:00Z}. */
    static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    /** A list as the SDKs' models have it: {@code {"VersionStage":[…]}}. */
    static JsonObject wrapped(String element, List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return wrapped(element, array);
    }

    static JsonObject wrapped(String element, JsonArray values) {
        JsonObject wrapper = new JsonObject();
        wrapper.add(element, values);
        return wrapper;
    }

    static JsonObject tags(Map<String, String> tags) {
        JsonArray array = new JsonArray();
        tags.forEach((key, value) -> {
            JsonObject tag = new JsonObject();
            tag.addProperty("TagKey", key);
            tag.addProperty("TagValue", value);
            array.add(tag);
        });
        return wrapped("Tag", array);
    }

    static void addIfPresent(JsonObject answer, String name, @Nullable String value) {
        if (value != null) {
            answer.addProperty(name, value);
        }
    }

    /** How a managed secret rotates. Generic secrets have none of these fields. */
    static void addRotation(JsonObject answer, Secret secret) {
        RdsBinding rds = secret.rds();
        if (rds == null) {
            return;
        }
        RotationPolicy rotation = rds.rotation();
        answer.addProperty("AutomaticRotation", rotation.automaticRotation().wireName());
        if (rotation.lastRotation() != null) {
            answer.addProperty("LastRotationDate", timestamp(rotation.lastRotation()));
        }
        Instant next = secret.nextRotation();
        if (rotation.automaticRotation() != AutomaticRotation.DISABLED && next != null && rotation.interval() != null) {
            answer.addProperty("NextRotationDate", timestamp(next));
            // The official JDBC client strips the "s" and parses the rest: no other unit will do.
            answer.addProperty("RotationInterval", rotation.interval().toSeconds() + "s");
        }
    }

    /** The {@code ExtendedConfig} of a managed secret, a JSON object as text. */
    static void addExtendedConfig(JsonObject answer, Secret secret) {
        if (secret.rds() != null) {
            answer.addProperty("ExtendedConfig", RdsJson.extendedConfig(secret.rds()));
        }
    }
}
