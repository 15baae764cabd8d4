package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.secret.AccountPair;
import dev.tumbler.emulator.secret.CustomData;
import dev.tumbler.emulator.secret.EcsLogin;
import dev.tumbler.emulator.secret.ManagedResource;
import dev.tumbler.emulator.secret.Management;
import dev.tumbler.emulator.secret.PolarDbAccounts;
import dev.tumbler.emulator.secret.RamUser;
import dev.tumbler.emulator.secret.RdsAccounts;
import dev.tumbler.emulator.secret.RedisAccounts;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.secret.SecretValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code ExtendedConfig}, a JSON object as text.
 *
 * <p>Source: KMS API reference, CreateSecret, ExtendedConfig.
 */
final class ExtendedConfigs {
    static final String PARAMETER = "ExtendedConfig";

    private static final int MAX_CHARACTERS = 1_024;
    private static final String SHAPE = "{\"SecretSubType\":\"…\",…,\"CustomData\":{}}";

    private ExtendedConfigs() {}

    /** The {@code ExtendedConfig} of a request. */
    static JsonObject parse(Parameters parameters) {
        checkLength(parameters.required(PARAMETER));
        return parameters.json(PARAMETER, JsonObject.class, SHAPE);
    }

    /**
     * What a secret of {@code type} is to manage.
     *
     * @param values the credentials in the same request
     */
    static ManagedResource resource(SecretType type, JsonObject config, List<SecretValue> values) {
        return switch (type) {
            case RDS ->
                new RdsAccounts(
                        oneOf(RotationStrategy.values(), RotationStrategy::secretSubType, config),
                        text(config, "DBInstanceId"),
                        values.stream()
                                .map(value -> ((SecretValue.Account) value).accountName())
                                .toList());
            case RAM_CREDENTIALS -> {
                requireSubType(config, "RamUserAccessKey");
                yield new RamUser(text(config, "UserName"));
            }
            case ECS -> new EcsLogin(ecsKind(config), text(config, "RegionId"), text(config, "InstanceId"));
            case REDIS -> {
                requireSubType(config, "DoubleUsers");
                yield new RedisAccounts(
                        new AccountPair(text(config, "AccountName"), text(config, "CloneAccountName")),
                        text(config, "AccountPrivilege"),
                        text(config, "InstanceId"),
                        text(config, "RegionId"));
            }
            case POLAR_DB -> {
                requireSubType(config, "DoubleUsers");
                yield polarDb(config);
            }
            case GENERIC -> throw new IllegalArgumentException("Generic secrets have no ExtendedConfig");
        };
    }

    /** How one logs in to the ECS instance. */
    static EcsLogin.Kind ecsKind(JsonObject config) {
        return oneOf(EcsLogin.Kind.values(), EcsLogin.Kind::secretSubType, config);
    }

    /** {@code CustomData} in an {@code ExtendedConfig}. */
    static CustomData customData(JsonObject config) {
        JsonElement customData = config.get("CustomData");
        if (customData == null || customData.isJsonNull()) {
            return CustomData.NONE;
        }
        if (!(customData instanceof JsonObject pairs)) {
            throw KmsError.invalidParameter(PARAMETER, "\"CustomData\" must be a JSON object.");
        }
        return customDataOf(pairs);
    }

    /** The data that these pairs are. */
    static CustomData customDataOf(JsonObject pairs) {
        return new CustomData(Json.write(pairs), pairs.size());
    }

    /** {@code ExtendedConfig} in answers: {@code CustomData} is always there. */
    static String render(Management management) {
        JsonObject config = new JsonObject();
        ManagedResource resource = management.resource();
        config.addProperty("SecretSubType", resource.secretSubType());
        if (resource instanceof RdsAccounts rds) {
            config.addProperty("DBInstanceId", rds.dbInstanceId());
        } else if (resource instanceof RamUser ram) {
            config.addProperty("UserName", ram.userName());
        } else if (resource instanceof EcsLogin ecs) {
            config.addProperty("RegionId", ecs.regionId());
            config.addProperty("InstanceId", ecs.instanceId());
        } else if (resource instanceof RedisAccounts redis) {
            addAccounts(config, redis.accounts());
            config.addProperty("AccountPrivilege", redis.accountPrivilege());
            config.addProperty("InstanceId", redis.instanceId());
            config.addProperty("RegionId", redis.regionId());
        } else if (resource instanceof PolarDbAccounts polarDb) {
            config.addProperty("RegionId", polarDb.regionId());
            config.addProperty("DBClusterId", polarDb.dbClusterId());
            config.addProperty("DBType", polarDb.dbType());
            addAccounts(config, polarDb.accounts());
            config.addProperty("AccountType", PolarDbAccounts.ACCOUNT_TYPE);
            Fields.addIfPresent(config, "AccountPrivilege", polarDb.accountPrivilege());
            Fields.addIfPresent(config, "DBName", polarDb.dbName());
        }
        config.add("CustomData", JsonParser.parseString(management.customData().json()));
        return Json.write(config);
    }

    /** The limit on what a request says. */
    static void checkLength(String extendedConfig) {
        if (extendedConfig.length() > MAX_CHARACTERS) {
            throw KmsError.invalidParameter(PARAMETER, "It must be at most 1024 characters long.");
        }
    }

    private static PolarDbAccounts polarDb(JsonObject config) {
        String accountName = text(config, "AccountName");
        String clone = optional(config, "CloneAccountName");
        String accountType = optional(config, "AccountType");
        if (accountType != null && !accountType.equals(PolarDbAccounts.ACCOUNT_TYPE)) {
            throw KmsError.invalidParameter(PARAMETER, "\"AccountType\" must be Normal.");
        }
        return new PolarDbAccounts(
                clone == null ? AccountPair.of(accountName) : new AccountPair(accountName, clone),
                text(config, "RegionId"),
                text(config, "DBClusterId"),
                text(config, "DBType"),
                optional(config, "AccountPrivilege"),
                optional(config, "DBName"));
    }

    private static void addAccounts(JsonObject config, AccountPair accounts) {
        config.addProperty("AccountName", accounts.accountName());
        config.addProperty("CloneAccountName", accounts.cloneAccountName());
    }

    private static void requireSubType(JsonObject config, String only) {
        if (!text(config, "SecretSubType").equals(only)) {
            throw KmsError.invalidParameter(PARAMETER, "\"SecretSubType\" must be " + only + ".");
        }
    }

    private static <T> T oneOf(T[] kinds, Function<T, String> wireName, JsonObject config) {
        String subType = text(config, "SecretSubType");
        return Arrays.stream(kinds)
                .filter(kind -> wireName.apply(kind).equals(subType))
                .findFirst()
                .orElseThrow(() -> KmsError.invalidParameter(
                        PARAMETER,
                        Arrays.stream(kinds)
                                .map(wireName)
                                .collect(Collectors.joining(" or ", "\"SecretSubType\" must be ", "."))));
    }

    private static String text(JsonObject config, String member) {
        String text = optional(config, member);
        if (text == null) {
            throw KmsError.invalidParameter(PARAMETER, "\"" + member + "\" is needed, a text that is not empty.");
        }
        return text;
    }

    private static @Nullable String optional(JsonObject config, String member) {
        String text = Json.string(config, member);
        return text == null || text.isEmpty() ? null : text;
    }
}
