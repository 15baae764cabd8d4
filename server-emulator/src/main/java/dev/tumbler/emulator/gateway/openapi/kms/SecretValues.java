package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.EcsLogin;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.secret.SecretValue;
import dev.tumbler.emulator.secret.SecretVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code SecretData} and {@code SecretDataType}. Errors never quote what they refuse.
 *
 * <p>Source: KMS API reference, CreateSecret and GetSecretValue, SecretData.
 */
final class SecretValues {
    private static final String PARAMETER = "SecretData";
    private static final String AUTO = "$Auto";
    private static final String ACCOUNTS = "{\"Accounts\":[{\"AccountName\":\"…\",\"AccountPassword\":\"…\"}]}";
    private static final String ACCESS_KEYS = "{\"AccessKeys\":[{\"AccessKeyId\":\"…\",\"AccessKeySecret\":\"…\"}]}";
    private static final String LOGIN = "{\"UserName\":\"…\",\"Password\":\"…\"}";
    private static final String KEY_PAIR = "{\"UserName\":\"…\",\"PublicKey\":\"…\",\"PrivateKey\":\"…\"}";

    private SecretValues() {}

    /** The value of a generic secret. */
    static SecretValue parse(Parameters parameters) {
        String data = parameters.required(PARAMETER);
        return switch (parameters.optional("SecretDataType", "text")) {
            case "text" -> new SecretValue.Text(data);
            case "binary" -> new SecretValue.Binary(data);
            default -> throw KmsError.invalidParameter("SecretDataType", "It must be text or binary.");
        };
    }

    /** What a request says of the credentials in a managed secret; nothing if the service is to make them. */
    static List<SecretValue> parseManaged(Parameters parameters, SecretType type, JsonObject config) {
        if (!parameters.optional("SecretDataType", "text").equals("text")) {
            throw KmsError.invalidParameter("SecretDataType", "Managed secrets are of type text.");
        }
        SecretValue.checkSize(parameters.required(PARAMETER));
        return switch (type) {
            case RDS ->
                list(
                        parameters,
                        "Accounts",
                        ACCOUNTS,
                        account -> new SecretValue.Account(
                                member(account, "AccountName", ACCOUNTS),
                                member(account, "AccountPassword", ACCOUNTS)));
            case RAM_CREDENTIALS ->
                list(
                        parameters,
                        "AccessKeys",
                        ACCESS_KEYS,
                        key -> new SecretValue.AccessKey(
                                member(key, "AccessKeyId", ACCESS_KEYS), member(key, "AccessKeySecret", ACCESS_KEYS)));
            case ECS ->
                List.of(
                        ExtendedConfigs.ecsKind(config) == EcsLogin.Kind.PASSWORD
                                ? login(parameters.json(PARAMETER, JsonObject.class, LOGIN))
                                : keyPair(parameters.json(PARAMETER, JsonObject.class, KEY_PAIR)));
            case REDIS, POLAR_DB -> {
                if (!parameters.required(PARAMETER).equals(AUTO)) {
                    throw KmsError.invalidParameter(
                            PARAMETER, "For Redis and PolarDB it must be $Auto; the service makes the passwords.");
                }
                yield List.of();
            }
            case GENERIC -> throw new IllegalArgumentException("Generic secrets are not managed");
        };
    }

    /** {@code SecretData} of an answer. */
    static String render(SecretVersion version) {
        SecretValue value = version.value();
        JsonObject data = new JsonObject();
        if (value instanceof SecretValue.Text text) {
            return text.text();
        } else if (value instanceof SecretValue.Binary binary) {
            return binary.encoded();
        } else if (value instanceof SecretValue.Account account) {
            data.addProperty("AccountName", account.accountName());
            data.addProperty("AccountPassword", account.accountPassword());
        } else if (value instanceof SecretValue.AccessKey key) {
            data.addProperty("AccessKeyId", key.accessKeyId());
            data.addProperty("AccessKeySecret", key.accessKeySecret());
            data.addProperty("GenerateTimestamp", Fields.timestamp(version.createTime()));
        } else if (value instanceof SecretValue.Login login) {
            data.addProperty("UserName", login.userName());
            data.addProperty("Password", login.password());
        } else if (value instanceof SecretValue.KeyPair pair) {
            data.addProperty("UserName", pair.userName());
            data.addProperty("PublicKey", pair.publicKey());
            data.addProperty("PrivateKey", pair.privateKey());
        }
        return Json.write(data);
    }

    private static SecretValue login(JsonObject data) {
        return new SecretValue.Login(member(data, "UserName", LOGIN), member(data, "Password", LOGIN));
    }

    private static SecretValue keyPair(JsonObject data) {
        return new SecretValue.KeyPair(
                member(data, "UserName", KEY_PAIR),
                member(data, "PublicKey", KEY_PAIR),
                member(data, "PrivateKey", KEY_PAIR));
    }

    private static List<SecretValue> list(
            Parameters parameters, String name, String shape, Function<JsonObject, SecretValue> parser) {
        JsonObject data = parameters.json(PARAMETER, JsonObject.class, shape);
        if (!(data.get(name) instanceof JsonArray elements)) {
            throw misshapen(shape);
        }
        List<SecretValue> values = new ArrayList<>();
        for (JsonElement element : elements) {
            if (!(element instanceof JsonObject object)) {
                throw misshapen(shape);
            }
            values.add(parser.apply(object));
        }
        return values;
    }

    private static String member(JsonObject object, String name, String shape) {
        String text = Json.string(object, name);
        if (text == null || text.isEmpty()) {
            throw misshapen(shape);
        }
        return text;
    }

    private static KmsError misshapen(String shape) {
        return KmsError.invalidParameter(PARAMETER, "It must be JSON of the form " + shape);
    }
}
