package dev.tumbler.client.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.client.cache.SecretStore.StoredSecret;
import dev.tumbler.client.model.AutomaticRotation;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RotationState;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.model.VersionStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The form of a stored value inside its seal. */
final class StoredJson {
    private StoredJson() {}

    static byte[] encode(StoredSecret stored) {
        GetSecretValueResult result = stored.result();
        JsonArray stages = new JsonArray();
        result.versionStages().forEach(stage -> stages.add(stage.value()));
        JsonObject json = new JsonObject();
        json.addProperty("ReadAt", stored.readAt().toString());
        json.addProperty("SecretName", result.secretName());
        json.addProperty("VersionId", result.versionId());
        json.addProperty("SecretData", result.secretData().asString());
        json.addProperty("SecretDataType", result.secretDataType().value());
        json.addProperty("SecretType", result.secretType().value());
        json.add("VersionStages", stages);
        json.addProperty("RequestId", result.requestId());
        add(json, "CreateTime", result.createTime());
        add(json, "AutomaticRotation", result.rotation().automaticRotation());
        add(json, "RotationInterval", result.rotation().rotationInterval());
        add(json, "NextRotationDate", result.rotation().nextRotationDate());
        add(json, "LastRotationDate", result.rotation().lastRotationDate());
        add(json, "ExtendedConfig", result.extendedConfig());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(JsonObject json, String name, Optional<?> value) {
        value.ifPresent(present -> json.addProperty(name, present.toString()));
    }

    /** Only for what was sealed by {@link #encode}: anything else did not get through the seal. */
    static StoredSecret decode(byte[] bytes) {
        JsonObject json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                .getAsJsonObject();
        List<VersionStage> stages = StreamSupport.stream(
                        json.getAsJsonArray("VersionStages").spliterator(), false)
                .map(stage -> new VersionStage(stage.getAsString()))
                .toList();
        GetSecretValueResult result = GetSecretValueResult.builder()
                .secretName(json.get("SecretName").getAsString())
                .versionId(json.get("VersionId").getAsString())
                .secretData(SecretData.of(json.get("SecretData").getAsString()))
                .secretDataType(new SecretDataType(json.get("SecretDataType").getAsString()))
                .secretType(new SecretType(json.get("SecretType").getAsString()))
                .versionStages(stages)
                .requestId(json.get("RequestId").getAsString())
                .createTime(text(json, "CreateTime").map(Instant::parse).orElse(null))
                .rotation(rotation(json))
                .extendedConfig(text(json, "ExtendedConfig").orElse(null))
                .build();
        return new StoredSecret(result, Instant.parse(json.get("ReadAt").getAsString()));
    }

    private static RotationState rotation(JsonObject json) {
        return RotationState.builder()
                .automaticRotation(text(json, "AutomaticRotation")
                        .map(AutomaticRotation::new)
                        .orElse(null))
                .rotationInterval(
                        text(json, "RotationInterval").map(Duration::parse).orElse(null))
                .nextRotationDate(
                        text(json, "NextRotationDate").map(Instant::parse).orElse(null))
                .lastRotationDate(
                        text(json, "LastRotationDate").map(Instant::parse).orElse(null))
                .build();
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }
}
