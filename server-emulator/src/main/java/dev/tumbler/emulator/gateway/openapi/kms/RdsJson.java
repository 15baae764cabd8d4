package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.secret.NewSecret;
import dev.tumbler.emulator.secret.RdsBinding;
import dev.tumbler.emulator.secret.SecretValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON inside the parameters and fields of RDS secrets.
 *
 * <p>Source: KMS API reference, CreateSecret, SecretData and ExtendedConfig; GetSecretValue, SecretData.
 */
final class RdsJson {
    private static final int MAX_EXTENDED_CONFIG = 1_024;
    private static final int MAX_CUSTOM_DATA = 10;
    private static final String CONFIG_SHAPE =
            "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-…\",\"CustomData\":{}}";
    private static final String DATA_SHAPE = "{\"Accounts\":[{\"AccountName\":\"…\",\"AccountPassword\":\"…\"}]}";

    private RdsJson() {}

    /** What a request to create an RDS secret says. */
    static NewSecret.Rds parse(Parameters parameters) {
        String text = parameters.required("ExtendedConfig");
        if (text.length() > MAX_EXTENDED_CONFIG) {
            throw KmsError.invalidParameter("ExtendedConfig", "It must be at most 1024 characters long.");
        }
        JsonObject config = parameters.json("ExtendedConfig", JsonObject.class, CONFIG_SHAPE);
        RotationPolicy rotation = parameters.flag("EnableAutomaticRotation")
                ? RotationPolicy.every(parameters.interval("RotationInterval"))
                : RotationPolicy.manual();
        return new NewSecret.Rds(
                strategy(config),
                dbInstanceId(config),
                accounts(parameters.json("SecretData", JsonObject.class, DATA_SHAPE)),
                customData(config),
                rotation);
    }

    /** {@code ExtendedConfig} in answers: {@code CustomData} is always there. */
    static String extendedConfig(RdsBinding rds) {
        JsonObject config = new JsonObject();
        config.addProperty("SecretSubType", rds.strategy().secretSubType());
        config.addProperty("DBInstanceId", rds.dbInstanceId());
        config.add("CustomData", JsonParser.parseString(rds.customData()));
        return Json.write(config);
    }

    /** {@code SecretData} in answers: one account, not the list that it came in. */
    static String secretData(SecretValue.Account account) {
        JsonObject data = new JsonObject();
        data.addProperty("AccountName", account.accountName());
        data.addProperty("AccountPassword", account.accountPassword());
        return Json.write(data);
    }

    private static RotationStrategy strategy(JsonObject config) {
        String subType = string(config, "SecretSubType");
        for (RotationStrategy strategy : RotationStrategy.values()) {
            if (strategy.secretSubType().equals(subType)) {
                return strategy;
            }
        }
        throw KmsError.invalidParameter("ExtendedConfig", "\"SecretSubType\" must be SingleUser or DoubleUsers.");
    }

    private static String dbInstanceId(JsonObject config) {
        String dbInstanceId = string(config, "DBInstanceId");
        if (dbInstanceId == null || dbInstanceId.isEmpty()) {
            throw KmsError.invalidParameter("ExtendedConfig", "\"DBInstanceId\" is needed.");
        }
        return dbInstanceId;
    }

    private static String customData(JsonObject config) {
        JsonElement customData = config.get("CustomData");
        if (customData == null || customData.isJsonNull()) {
            return "{}";
        }
        if (!customData.isJsonObject() || customData.getAsJsonObject().size() > MAX_CUSTOM_DATA) {
            throw KmsError.invalidParameter(
                    "ExtendedConfig", "\"CustomData\" must be a JSON object of at most 10 pairs.");
        }
        return Json.write(customData);
    }

    private static List<SecretValue.Account> accounts(JsonObject data) {
        if (!(data.get("Accounts") instanceof JsonArray accounts)) {
            throw KmsError.invalidParameter("SecretData", "It must be JSON of the form " + DATA_SHAPE);
        }
        List<SecretValue.Account> parsed = new ArrayList<>();
        for (JsonElement account : accounts) {
            String name = account instanceof JsonObject fields ? string(fields, "AccountName") : null;
            String password = account instanceof JsonObject fields ? string(fields, "AccountPassword") : null;
            if (name == null || password == null) {
                throw KmsError.invalidParameter("SecretData", "It must be JSON of the form " + DATA_SHAPE);
            }
            parsed.add(new SecretValue.Account(name, password));
        }
        return parsed;
    }

    private static @Nullable String string(JsonObject object, String member) {
        JsonElement element = object.get(member);
        return element != null
                        && element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isString()
                ? element.getAsString()
                : null;
    }
}
