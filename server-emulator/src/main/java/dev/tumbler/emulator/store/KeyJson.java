package dev.tumbler.emulator.store;

import static dev.tumbler.emulator.store.StoredJson.document;
import static dev.tumbler.emulator.store.StoredJson.instant;
import static dev.tumbler.emulator.store.StoredJson.optional;
import static dev.tumbler.emulator.store.StoredJson.parse;
import static dev.tumbler.emulator.store.StoredJson.readTags;
import static dev.tumbler.emulator.store.StoredJson.string;
import static dev.tumbler.emulator.store.StoredJson.tags;
import static dev.tumbler.emulator.store.StoredJson.text;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.key.KeySpec;
import dev.tumbler.emulator.key.KeyState;
import dev.tumbler.emulator.key.KeyUsage;
import dev.tumbler.emulator.key.KmsInstance;
import dev.tumbler.emulator.key.KmsKey;
import dev.tumbler.emulator.key.KmsKey.CreatorType;
import dev.tumbler.emulator.key.KmsKey.Origin;
import dev.tumbler.emulator.key.KmsKey.ProtectionLevel;
import dev.tumbler.emulator.key.StoredKey;
import java.time.Instant;
import java.util.Base64;

/** The stored form of keys and KMS instances. */
final class KeyJson {
    private KeyJson() {}

    static String write(StoredKey stored) {
        KmsKey key = stored.key();
        JsonObject json = document();
        json.addProperty("keyId", key.keyId());
        json.addProperty("spec", key.spec().name());
        json.addProperty("usage", key.usage().name());
        json.addProperty("origin", key.origin().name());
        json.addProperty("protectionLevel", key.protectionLevel().name());
        json.addProperty("state", key.state().name());
        json.addProperty("description", key.description());
        json.addProperty("creator", key.creator());
        json.addProperty("creatorType", key.creatorType().name());
        json.addProperty("creationDate", key.creationDate().toString());
        json.addProperty("deleteDate", text(key.deleteDate()));
        json.addProperty("primaryKeyVersion", key.primaryKeyVersion());
        json.addProperty("dkmsInstanceId", key.dkmsInstanceId());
        json.add("tags", tags(key.tags()));
        byte[] material = stored.material();
        json.addProperty(
                "material", material == null ? null : Base64.getEncoder().encodeToString(material));
        return json.toString();
    }

    /** @throws IllegalStateException if a later version of the emulator has written it */
    static StoredKey readKey(String document) {
        JsonObject json = parse(document);
        String material = optional(json, "material");
        return new StoredKey(
                new KmsKey(
                        string(json, "keyId"),
                        KeySpec.valueOf(string(json, "spec")),
                        KeyUsage.valueOf(string(json, "usage")),
                        Origin.valueOf(string(json, "origin")),
                        ProtectionLevel.valueOf(string(json, "protectionLevel")),
                        KeyState.valueOf(string(json, "state")),
                        string(json, "description"),
                        string(json, "creator"),
                        CreatorType.valueOf(string(json, "creatorType")),
                        Instant.parse(string(json, "creationDate")),
                        instant(json, "deleteDate"),
                        optional(json, "primaryKeyVersion"),
                        optional(json, "dkmsInstanceId"),
                        readTags(json, "tags")),
                material == null ? null : Base64.getDecoder().decode(material));
    }

    static String write(KmsInstance instance) {
        JsonObject json = document();
        json.addProperty("id", instance.id());
        json.addProperty("region", instance.region());
        json.addProperty("createTime", instance.createTime().toString());
        json.addProperty("keyQuota", instance.quota().keys());
        json.addProperty("secretQuota", instance.quota().secrets());
        return json.toString();
    }

    /** @throws IllegalStateException if a later version of the emulator has written it */
    static KmsInstance readInstance(String document) {
        JsonObject json = parse(document);
        return new KmsInstance(
                string(json, "id"),
                string(json, "region"),
                Instant.parse(string(json, "createTime")),
                new KmsInstance.Quota(
                        json.get("keyQuota").getAsInt(), json.get("secretQuota").getAsInt()));
    }
}
