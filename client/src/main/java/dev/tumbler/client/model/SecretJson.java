package dev.tumbler.client.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;

/** The JSON texts in secrets. Of an RDS secret, several accounts go in, and one comes out. */
final class SecretJson {
    // With HTML escaping, Gson writes < as \\u003c, which the service's classic SDK cannot read back.
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private SecretJson() {}

    static SecretData accounts(List<RdsCredentials> accounts) {
        JsonArray array = new JsonArray();
        for (RdsCredentials account : accounts) {
            JsonObject entry = new JsonObject();
            entry.addProperty("AccountName", account.accountName());
            entry.addProperty("AccountPassword", account.accountPassword());
            array.add(entry);
        }
        JsonObject data = new JsonObject();
        data.add("Accounts", array);
        return SecretData.of(GSON.toJson(data));
    }

    static String extendedConfig(String secretSubType, String dbInstanceId) {
        JsonObject config = new JsonObject();
        config.addProperty("SecretSubType", secretSubType);
        config.addProperty("DBInstanceId", dbInstanceId);
        config.add("CustomData", new JsonObject());
        return GSON.toJson(config);
    }

    static RdsCredentials credentials(String secretName, SecretData data) {
        try {
            JsonElement root = JsonParser.parseString(data.asString());
            if (root instanceof JsonObject object) {
                return new RdsCredentials(text(object, "AccountName"), text(object, "AccountPassword"));
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            // Fall through without the cause: a parser's message can quote what it read.
        }
        throw new IllegalStateException("The content of secret \"" + secretName
                + "\" is no database account: it must be {\"AccountName\":\"...\",\"AccountPassword\":\"...\"}");
    }

    /** Reads content of any form; the message of the exception holds nothing of it, and it has no cause. */
    static <T> T read(String secretName, SecretData data, Class<T> type) {
        try {
            T value = GSON.fromJson(data.asString(), type);
            if (value != null) {
                return value;
            }
        } catch (JsonParseException e) {
            // Fall through without the cause: a parser's message can quote what it read.
        } catch (RuntimeException e) {
            // So can the message of a record that checks its components, or of Gson when it cannot make one.
            throw new IllegalStateException("The content of secret \"" + secretName + "\" could not be made a "
                    + type.getName() + ": " + e.getClass().getName());
        }
        throw new IllegalStateException(
                "The content of secret \"" + secretName + "\" is not the JSON of a " + type.getName());
    }

    private static String text(JsonObject object, String name) {
        JsonElement element = object.get(name);
        if (element == null || !element.isJsonPrimitive()) {
            throw new IllegalArgumentException(name);
        }
        return element.getAsString();
    }
}
