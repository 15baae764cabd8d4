package dev.tumbler.emulator.store;

import static dev.tumbler.emulator.store.StoredJson.array;
import static dev.tumbler.emulator.store.StoredJson.document;
import static dev.tumbler.emulator.store.StoredJson.instant;
import static dev.tumbler.emulator.store.StoredJson.isNull;
import static dev.tumbler.emulator.store.StoredJson.list;
import static dev.tumbler.emulator.store.StoredJson.optional;
import static dev.tumbler.emulator.store.StoredJson.parse;
import static dev.tumbler.emulator.store.StoredJson.readStrings;
import static dev.tumbler.emulator.store.StoredJson.readTags;
import static dev.tumbler.emulator.store.StoredJson.string;
import static dev.tumbler.emulator.store.StoredJson.strings;
import static dev.tumbler.emulator.store.StoredJson.tags;
import static dev.tumbler.emulator.store.StoredJson.text;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.secret.AccountPair;
import dev.tumbler.emulator.secret.CustomData;
import dev.tumbler.emulator.secret.EcsLogin;
import dev.tumbler.emulator.secret.ManagedResource;
import dev.tumbler.emulator.secret.Management;
import dev.tumbler.emulator.secret.PendingRotation;
import dev.tumbler.emulator.secret.PolarDbAccounts;
import dev.tumbler.emulator.secret.RamUser;
import dev.tumbler.emulator.secret.RdsAccounts;
import dev.tumbler.emulator.secret.RedisAccounts;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.SecretPolicy.Effect;
import dev.tumbler.emulator.secret.SecretPolicy.Statement;
import dev.tumbler.emulator.secret.SecretValue;
import dev.tumbler.emulator.secret.SecretVersion;
import dev.tumbler.emulator.secret.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored form of secrets. Written by hand, since older Gson cannot read records, and so that it stays readable. */
final class SecretJson {
    private SecretJson() {}

    static String write(StoredSecret stored) {
        Secret secret = stored.secret();
        JsonObject json = document();
        json.addProperty("name", secret.name());
        json.addProperty("creator", secret.creator());
        json.addProperty("description", secret.description());
        json.addProperty("encryptionKeyId", secret.encryptionKeyId());
        json.addProperty("dkmsInstanceId", secret.dkmsInstanceId());
        json.addProperty("createTime", secret.createTime().toString());
        json.addProperty("updateTime", secret.updateTime().toString());
        json.addProperty("plannedDeleteTime", text(secret.plannedDeleteTime()));
        json.add("tags", tags(secret.tags()));
        json.add("policy", secret.policy() == null ? null : policy(secret.policy()));
        json.add("versions", array(secret.versions(), SecretJson::version));
        JsonObject stages = new JsonObject();
        secret.stages().forEach(stages::addProperty);
        json.add("stages", stages);
        json.add("management", secret.management() == null ? null : management(secret.management()));
        json.add("pending", stored.pending() == null ? null : pending(stored.pending()));
        return json.toString();
    }

    /** @throws IllegalStateException if a later version of the emulator has written it */
    static StoredSecret read(String text) {
        JsonObject json = parse(text);
        Map<String, String> stages = new LinkedHashMap<>();
        json.getAsJsonObject("stages")
                .entrySet()
                .forEach(stage -> stages.put(stage.getKey(), stage.getValue().getAsString()));
        Secret secret = new Secret(
                string(json, "name"),
                string(json, "creator"),
                string(json, "description"),
                optional(json, "encryptionKeyId"),
                optional(json, "dkmsInstanceId"),
                Instant.parse(string(json, "createTime")),
                Instant.parse(string(json, "updateTime")),
                instant(json, "plannedDeleteTime"),
                readTags(json, "tags"),
                isNull(json, "policy") ? null : readPolicy(json.getAsJsonObject("policy")),
                list(json, "versions", SecretJson::readVersion),
                stages,
                isNull(json, "management") ? null : readManagement(json.getAsJsonObject("management")));
        return new StoredSecret(secret, isNull(json, "pending") ? null : readPending(json.getAsJsonObject("pending")));
    }

    private static JsonObject policy(SecretPolicy policy) {
        JsonObject json = new JsonObject();
        json.addProperty("document", policy.document());
        json.add("statements", array(policy.statements(), SecretJson::statement));
        return json;
    }

    private static SecretPolicy readPolicy(JsonObject json) {
        return new SecretPolicy(string(json, "document"), list(json, "statements", SecretJson::readStatement));
    }

    private static JsonObject statement(Statement statement) {
        JsonObject json = new JsonObject();
        json.addProperty("sid", statement.sid());
        json.addProperty("effect", statement.effect().name());
        json.add("principals", strings(statement.principals()));
        json.add("actions", strings(statement.actions()));
        json.add("resources", strings(statement.resources()));
        json.addProperty("condition", statement.condition());
        return json;
    }

    private static Statement readStatement(JsonObject json) {
        return new Statement(
                optional(json, "sid"),
                Effect.valueOf(string(json, "effect")),
                readStrings(json, "principals"),
                readStrings(json, "actions"),
                readStrings(json, "resources"),
                optional(json, "condition"));
    }

    private static JsonObject version(SecretVersion version) {
        JsonObject json = new JsonObject();
        json.addProperty("versionId", version.versionId());
        json.add("value", value(version.value()));
        json.addProperty("createTime", version.createTime().toString());
        return json;
    }

    private static SecretVersion readVersion(JsonObject json) {
        return new SecretVersion(
                string(json, "versionId"),
                readValue(json.getAsJsonObject("value")),
                Instant.parse(string(json, "createTime")));
    }

    private static JsonObject value(SecretValue value) {
        JsonObject json = new JsonObject();
        if (value instanceof SecretValue.Text text) {
            json.addProperty("is", "text");
            json.addProperty("text", text.text());
        } else if (value instanceof SecretValue.Binary binary) {
            json.addProperty("is", "binary");
            json.addProperty("encoded", binary.encoded());
        } else if (value instanceof SecretValue.Account account) {
            json.addProperty("is", "account");
            json.addProperty("name", account.accountName());
            json.addProperty("password", account.accountPassword());
        } else if (value instanceof SecretValue.AccessKey key) {
            json.addProperty("is", "accessKey");
            json.addProperty("id", key.accessKeyId());
            json.addProperty("secret", key.accessKeySecret());
        } else if (value instanceof SecretValue.Login login) {
            json.addProperty("is", "login");
            json.addProperty("name", login.userName());
            json.addProperty("password", login.password());
        } else if (value instanceof SecretValue.KeyPair pair) {
            json.addProperty("is", "keyPair");
            json.addProperty("name", pair.userName());
            json.addProperty("publicKey", pair.publicKey());
            json.addProperty("privateKey", pair.privateKey());
        } else {
            throw new IllegalStateException("No stored form of " + value.getClass());
        }
        return json;
    }

    private static SecretValue readValue(JsonObject json) {
        return switch (string(json, "is")) {
            case "text" -> new SecretValue.Text(string(json, "text"));
            case "binary" -> new SecretValue.Binary(string(json, "encoded"));
            case "account" -> new SecretValue.Account(string(json, "name"), string(json, "password"));
            case "accessKey" -> new SecretValue.AccessKey(string(json, "id"), string(json, "secret"));
            case "login" -> new SecretValue.Login(string(json, "name"), string(json, "password"));
            case "keyPair" ->
                new SecretValue.KeyPair(string(json, "name"), string(json, "publicKey"), string(json, "privateKey"));
            default -> throw unknown(json);
        };
    }

    private static JsonObject management(Management management) {
        JsonObject json = new JsonObject();
        json.add("resource", resource(management.resource()));
        json.addProperty("customData", management.customData().json());
        json.addProperty("customDataPairs", management.customData().pairs());
        RotationPolicy rotation = management.rotation();
        json.addProperty("automaticRotation", rotation.automaticRotation().name());
        json.addProperty("interval", text(rotation.interval()));
        json.addProperty("lastRotation", text(rotation.lastRotation()));
        return json;
    }

    private static Management readManagement(JsonObject json) {
        String interval = optional(json, "interval");
        return new Management(
                readResource(json.getAsJsonObject("resource")),
                new CustomData(
                        string(json, "customData"), json.get("customDataPairs").getAsInt()),
                new RotationPolicy(
                        AutomaticRotation.valueOf(string(json, "automaticRotation")),
                        interval == null ? null : Duration.parse(interval),
                        instant(json, "lastRotation")));
    }

    private static JsonObject resource(ManagedResource resource) {
        JsonObject json = new JsonObject();
        if (resource instanceof RdsAccounts rds) {
            json.addProperty("is", "rds");
            json.addProperty("strategy", rds.strategy().name());
            json.addProperty("instance", rds.dbInstanceId());
            json.add("accounts", strings(rds.accountNames()));
        } else if (resource instanceof RamUser user) {
            json.addProperty("is", "ramUser");
            json.addProperty("name", user.userName());
        } else if (resource instanceof EcsLogin login) {
            json.addProperty("is", "ecs");
            json.addProperty("kind", login.kind().name());
            json.addProperty("region", login.regionId());
            json.addProperty("instance", login.instanceId());
        } else if (resource instanceof RedisAccounts redis) {
            json.addProperty("is", "redis");
            json.addProperty("account", redis.accounts().accountName());
            json.addProperty("privilege", redis.accountPrivilege());
            json.addProperty("instance", redis.instanceId());
            json.addProperty("region", redis.regionId());
        } else if (resource instanceof PolarDbAccounts polarDb) {
            json.addProperty("is", "polarDb");
            json.addProperty("account", polarDb.accounts().accountName());
            json.addProperty("region", polarDb.regionId());
            json.addProperty("cluster", polarDb.dbClusterId());
            json.addProperty("dbType", polarDb.dbType());
            json.addProperty("privilege", polarDb.accountPrivilege());
            json.addProperty("database", polarDb.dbName());
        } else {
            throw new IllegalStateException("No stored form of " + resource.getClass());
        }
        return json;
    }

    private static ManagedResource readResource(JsonObject json) {
        return switch (string(json, "is")) {
            case "rds" ->
                new RdsAccounts(
                        RotationStrategy.valueOf(string(json, "strategy")),
                        string(json, "instance"),
                        readStrings(json, "accounts"));
            case "ramUser" -> new RamUser(string(json, "name"));
            case "ecs" ->
                new EcsLogin(
                        EcsLogin.Kind.valueOf(string(json, "kind")), string(json, "region"), string(json, "instance"));
            case "redis" ->
                new RedisAccounts(
                        AccountPair.of(string(json, "account")),
                        string(json, "privilege"),
                        string(json, "instance"),
                        string(json, "region"));
            case "polarDb" ->
                new PolarDbAccounts(
                        AccountPair.of(string(json, "account")),
                        string(json, "region"),
                        string(json, "cluster"),
                        string(json, "dbType"),
                        optional(json, "privilege"),
                        optional(json, "database"));
            default -> throw unknown(json);
        };
    }

    private static JsonObject pending(PendingRotation pending) {
        JsonObject json = new JsonObject();
        json.addProperty("versionId", pending.versionId());
        json.addProperty("password", pending.password());
        return json;
    }

    private static PendingRotation readPending(JsonObject json) {
        return new PendingRotation(string(json, "versionId"), string(json, "password"));
    }

    private static IllegalStateException unknown(JsonObject json) {
        return new IllegalStateException("The store holds what this version does not know: " + string(json, "is"));
    }
}
