package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.secret.Management;
import dev.tumbler.emulator.secret.Secret;
import java.time.Instant;

/** The fields that the answers about secrets share. */
final class SecretFields {
    private SecretFields() {}

    /** An answer that names the secret. */
    static JsonObject named(Secret secret) {
        JsonObject answer = new JsonObject();
        answer.addProperty("SecretName", secret.name());
        return answer;
    }

    /** What a request says about automatic rotation. */
    static RotationPolicy rotationPolicy(Parameters parameters) {
        return parameters.flag("EnableAutomaticRotation")
                ? RotationPolicy.every(parameters.interval("RotationInterval"))
                : RotationPolicy.manual();
    }

    /** How a managed secret rotates. Generic secrets have none of these fields. */
    static void addRotation(JsonObject answer, Secret secret) {
        Management management = secret.management();
        if (management == null) {
            return;
        }
        RotationPolicy rotation = management.rotation();
        answer.addProperty("AutomaticRotation", rotation.automaticRotation().wireName());
        if (rotation.lastRotation() != null) {
            answer.addProperty("LastRotationDate", Fields.timestamp(rotation.lastRotation()));
        }
        Instant next = secret.nextRotation();
        if (rotation.automaticRotation() != AutomaticRotation.DISABLED && next != null && rotation.interval() != null) {
            answer.addProperty("NextRotationDate", Fields.timestamp(next));
            // The official JDBC client strips the "s" and parses the rest: no other unit will do.
            answer.addProperty("RotationInterval", rotation.interval().toSeconds() + "s");
        }
    }

    /** The {@code ExtendedConfig} of a managed secret, a JSON object as text. */
    static void addExtendedConfig(JsonObject answer, Secret secret) {
        if (secret.management() != null) {
            answer.addProperty("ExtendedConfig", ExtendedConfigs.render(secret.management()));
        }
    }
}
