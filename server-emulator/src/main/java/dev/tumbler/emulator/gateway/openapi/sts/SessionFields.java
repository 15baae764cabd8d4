package dev.tumbler.emulator.gateway.openapi.sts;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.ram.SessionCredentials;
import dev.tumbler.emulator.ram.Sts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the calls that open a session have in common. */
final class SessionFields {
    private SessionFields() {}

    static Sts.Request request(Parameters parameters, String sessionName) {
        return new Sts.Request(
                required(parameters, "RoleArn"), sessionName, duration(parameters), parameters.optional("Policy"));
    }

    /** The parameter, or the gateway's error that it is missing: STS has none of its own. */
    static String required(Parameters parameters, String name) {
        String value = parameters.optional(name);
        if (value == null) {
            throw KmsError.missingCommonParameter(name);
        }
        return value;
    }

    private static @Nullable Duration duration(Parameters parameters) {
        String seconds = parameters.optional("DurationSeconds");
        try {
            return seconds == null ? null : Duration.ofSeconds(Integer.parseInt(seconds));
        } catch (NumberFormatException e) {
            throw KmsError.of(
                    400,
                    "InvalidParameter.DurationSeconds",
                    "The parameter DurationSeconds must be an integer number of seconds.");
        }
    }

    static JsonObject answer(SessionCredentials session) {
        JsonObject credentials = new JsonObject();
        credentials.addProperty("AccessKeyId", session.accessKey().id());
        credentials.addProperty("AccessKeySecret", session.accessKey().secret());
        credentials.addProperty("SecurityToken", session.securityToken());
        credentials.addProperty("Expiration", Fields.timestamp(session.expiration()));
        JsonObject user = new JsonObject();
        String sessionName = session.principal().sessionName();
        user.addProperty("Arn", session.principal().role().arn() + "/" + sessionName);
        user.addProperty("AssumedRoleId", session.principal().role().id() + ":" + sessionName);
        JsonObject answer = new JsonObject();
        answer.add("Credentials", credentials);
        answer.add("AssumedRoleUser", user);
        return answer;
    }
}
