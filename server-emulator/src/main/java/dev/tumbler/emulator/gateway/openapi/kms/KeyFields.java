package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.Keys.Encrypted;
import dev.tumbler.emulator.key.KmsKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The parameters and fields that the actions on keys share. */
final class KeyFields {
    private static final int MAX_CONTEXT = 8_192;
    private static final String CONTEXT_SHAPE = "{\"key\":\"value\"}, with texts as values";

    private KeyFields() {}

    /**
     * {@code KeyMetadata}. What does not apply to a key is empty or left out, as in the examples of the documentation.
     *
     * <p>Source: KMS API reference, DescribeKey.
     */
    static JsonObject metadata(KmsKey key, Keys keys) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("KeyId", key.keyId());
        metadata.addProperty("Arn", keys.arn(key.keyId()));
        metadata.addProperty("KeySpec", key.spec().wireName());
        metadata.addProperty("KeyUsage", key.usage().wireName());
        metadata.addProperty("KeyState", key.state().wireName());
        metadata.addProperty("Description", key.description());
        metadata.addProperty("Origin", key.origin().wireName());
        metadata.addProperty("ProtectionLevel", key.protectionLevel().name());
        metadata.addProperty("Creator", key.creator());
        metadata.addProperty("CreationDate", Fields.timestamp(key.creationDate()));
        metadata.addProperty("DeleteDate", key.deleteDate() == null ? "" : Fields.timestamp(key.deleteDate()));
        metadata.addProperty("MaterialExpireTime", "");
        if (key.spec().isSymmetric()) {
            metadata.addProperty("AutomaticRotation", "Disabled");
        }
        if (key.primaryKeyVersion() != null) {
            metadata.addProperty("PrimaryKeyVersion", key.primaryKeyVersion());
            metadata.addProperty("LastRotationDate", Fields.timestamp(key.creationDate()));
        }
        Fields.addIfPresent(metadata, "DKMSInstanceId", key.dkmsInstanceId());
        return metadata;
    }

    /** The fields that tell which key made a ciphertext, and the ciphertext. */
    static JsonObject encrypted(Encrypted encrypted) {
        JsonObject answer = new JsonObject();
        answer.addProperty("KeyId", encrypted.keyId());
        answer.addProperty("KeyVersionId", encrypted.keyVersionId());
        answer.addProperty("CiphertextBlob", base64(encrypted.ciphertextBlob()));
        return answer;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A required parameter in Base64; errors do not quote it. */
    static byte[] bytes(Parameters parameters, String name) {
        String encoded = parameters.required(name);
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw KmsError.invalidParameter(name, "It must be Base64.");
        }
    }

    /** {@code EncryptionContext}; no entries if it is not given. Source: "EncryptionContext". */
    static Map<String, String> encryptionContext(Parameters parameters) {
        String text = parameters.optional("EncryptionContext");
        if (text == null) {
            return Map.of();
        }
        if (text.length() > MAX_CONTEXT) {
            throw KmsError.invalidParameter("EncryptionContext", "It must be at most 8192 characters long.");
        }
        Map<String, String> context = new HashMap<>();
        for (Map.Entry<String, JsonElement> entry : parameters
                .json("EncryptionContext", JsonObject.class, CONTEXT_SHAPE)
                .entrySet()) {
            JsonElement value = entry.getValue();
            if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
                throw KmsError.invalidParameter("EncryptionContext", "It must be JSON of the form " + CONTEXT_SHAPE);
            }
            context.put(entry.getKey(), value.getAsString());
        }
        return context;
    }
}
