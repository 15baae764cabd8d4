package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Encryption, decryption and data keys. */
class CryptographyTest {
    private static final String PLAINTEXT = base64("p4ss <wörd> & 密码".getBytes(StandardCharsets.UTF_8));

    @ConformanceTest
    @Proves({
        "Encrypt/answer/KeyId",
        "Encrypt/answer/KeyVersionId",
        "Encrypt/answer/CiphertextBlob",
        "Encrypt/answer/RequestId",
        "Encrypt/KeyId/arn",
        "Decrypt/answer/KeyId",
        "Decrypt/answer/KeyVersionId",
        "Decrypt/answer/Plaintext",
        "Decrypt/answer/RequestId",
    })
    void ciphertext_decrypted_isThePlaintext(Kms kms) {
        Map<String, Object> key = metadata(kms.call("CreateKey"));
        for (Object name : List.of(key.get("KeyId"), key.get("Arn"))) {
            Map<String, Object> encrypted = kms.call("Encrypt", "KeyId", name, "Plaintext", PLAINTEXT);
            assertThat(encrypted)
                    .containsOnlyKeys("KeyId", "KeyVersionId", "CiphertextBlob", "RequestId")
                    .containsEntry("KeyId", key.get("KeyId"))
                    .containsEntry("KeyVersionId", key.get("PrimaryKeyVersion"));

            Map<String, Object> decrypted = kms.call("Decrypt", "CiphertextBlob", encrypted.get("CiphertextBlob"));
            assertThat(decrypted)
                    .containsOnlyKeys("KeyId", "KeyVersionId", "Plaintext", "RequestId")
                    .containsEntry("KeyId", key.get("KeyId"))
                    .containsEntry("KeyVersionId", key.get("PrimaryKeyVersion"))
                    .containsEntry("Plaintext", PLAINTEXT);
        }
    }

    @ConformanceTest
    @Proves({
        "Encrypt/EncryptionContext/bound",
        "Encrypt/EncryptionContext/order",
        "Encrypt/EncryptionContext/length",
        "Encrypt/EncryptionContext/shape",
        "Decrypt/EncryptionContext/equal",
        "Decrypt/error/InvalidParameter",
        "GenerateDataKey/EncryptionContext/bound",
        "GenerateDataKeyWithoutPlaintext/EncryptionContext/bound",
    })
    void encryptionContext_ofTheCiphertext_isNeededAgain(Kms kms) {
        Object keyId = metadata(kms.call("CreateKey")).get("KeyId");
        String context = "{\"a\":\"1\",\"b\":\"密\"}";
        for (String action : List.of("Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext")) {
            Map<String, Object> made = action.equals("Encrypt")
                    ? kms.call(action, "KeyId", keyId, "EncryptionContext", context, "Plaintext", PLAINTEXT)
                    : kms.call(action, "KeyId", keyId, "EncryptionContext", context);
            Object blob = made.get("CiphertextBlob");
            kms.call("Decrypt", "CiphertextBlob", blob, "EncryptionContext", "{\"b\":\"密\",\"a\":\"1\"}");
            kms.assertInvalid("CiphertextBlob", "Decrypt", "CiphertextBlob", blob);
            kms.assertInvalid(
                    "CiphertextBlob", "Decrypt", "CiphertextBlob", blob, "EncryptionContext", "{\"a\":\"1\"}");
        }
        String most = "{\"k\":\"" + "v".repeat(8_192 - 8) + "\"}";
        kms.call("Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT, "EncryptionContext", most);
        for (String bad : List.of(most.replace("v\"", "vv\""), "[]", "text", "{\"a\":1}", "{\"a\":[\"b\"]}")) {
            kms.assertInvalid(
                    "EncryptionContext", "Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT, "EncryptionContext", bad);
        }
    }

    @ConformanceTest
    @Proves({
        "Encrypt/KeyId/required",
        "Encrypt/Plaintext/required",
        "Encrypt/Plaintext/base64",
        "Encrypt/Plaintext/size",
        "Encrypt/error/InvalidParameter",
        "Encrypt/error/Forbidden.KeyNotFound",
        "Encrypt/error/Rejected.UnsupportedOperation",
    })
    void plaintext_outsideItsRule_isRefused(Kms kms) {
        Object keyId = metadata(kms.call("CreateKey")).get("KeyId");
        kms.assertRequired("Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT);
        kms.call("Encrypt", "KeyId", keyId, "Plaintext", base64(new byte[6_144]));
        kms.assertInvalid("Plaintext", "Encrypt", "KeyId", keyId, "Plaintext", base64(new byte[6_145]));
        kms.assertInvalid("Plaintext", "Encrypt", "KeyId", keyId, "Plaintext", "not base64");
        kms.assertRefused(404, "Forbidden.KeyNotFound", "Encrypt", "KeyId", "unknown", "Plaintext", PLAINTEXT);
        Object rsa = metadata(kms.call("CreateKey", "KeySpec", "RSA_2048", "KeyUsage", "ENCRYPT/DECRYPT"))
                .get("KeyId");
        kms.assertRefused(400, "Rejected.UnsupportedOperation", "Encrypt", "KeyId", rsa, "Plaintext", PLAINTEXT);
    }

    @ConformanceTest
    @Proves({"Decrypt/CiphertextBlob/required", "Decrypt/CiphertextBlob/damaged", "Decrypt/CiphertextBlob/base64"})
    void ciphertextBlob_damaged_isRefused(Kms kms) {
        kms.assertRequired("Decrypt", "CiphertextBlob", "eA==");
        Object keyId = metadata(kms.call("CreateKey")).get("KeyId");
        byte[] blob = Base64.getDecoder().decode((String)
                kms.call("Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT).get("CiphertextBlob"));
        blob[blob.length - 1] ^= 1;
        kms.assertInvalid("CiphertextBlob", "Decrypt", "CiphertextBlob", base64(blob));
        kms.assertInvalid("CiphertextBlob", "Decrypt", "CiphertextBlob", "eA==");
        kms.assertInvalid("CiphertextBlob", "Decrypt", "CiphertextBlob", "not base64");
        kms.assertRefused(
                404,
                "Forbidden.KeyNotFound",
                "Decrypt",
                "CiphertextBlob",
                base64("?".repeat(64).getBytes(StandardCharsets.US_ASCII)));
    }

    @ConformanceTest
    @Proves({
        "GenerateDataKey/KeySpec/default",
        "GenerateDataKey/KeySpec/values",
        "GenerateDataKey/NumberOfBytes/range",
        "GenerateDataKey/NumberOfBytes/wins",
        "GenerateDataKey/answer/Plaintext",
        "GenerateDataKey/answer/CiphertextBlob",
        "GenerateDataKey/answer/KeyId",
        "GenerateDataKey/answer/KeyVersionId",
        "GenerateDataKey/answer/RequestId",
        "GenerateDataKey/error/InvalidParameter",
    })
    void dataKey_ofEachLength_isDecryptedToItself(Kms kms) {
        Map<String, Object> key = metadata(kms.call("CreateKey"));
        Object keyId = key.get("KeyId");
        assertLength(kms, 32, kms.call("GenerateDataKey", "KeyId", keyId));
        assertLength(kms, 32, kms.call("GenerateDataKey", "KeyId", keyId, "KeySpec", "AES_256"));
        assertLength(kms, 16, kms.call("GenerateDataKey", "KeyId", keyId, "KeySpec", "AES_128"));
        assertLength(kms, 1, kms.call("GenerateDataKey", "KeyId", keyId, "NumberOfBytes", 1));
        assertLength(kms, 1_024, kms.call("GenerateDataKey", "KeyId", keyId, "NumberOfBytes", 1_024));
        assertLength(kms, 24, kms.call("GenerateDataKey", "KeyId", keyId, "NumberOfBytes", 24, "KeySpec", "AES_256"));
        assertThat(kms.call("GenerateDataKey", "KeyId", keyId))
                .containsOnlyKeys("KeyId", "KeyVersionId", "CiphertextBlob", "Plaintext", "RequestId")
                .containsEntry("KeyId", keyId)
                .containsEntry("KeyVersionId", key.get("PrimaryKeyVersion"));
        kms.assertInvalid("NumberOfBytes", "GenerateDataKey", "KeyId", keyId, "NumberOfBytes", 0);
        kms.assertInvalid("NumberOfBytes", "GenerateDataKey", "KeyId", keyId, "NumberOfBytes", 1_025);
        kms.assertInvalid("KeySpec", "GenerateDataKey", "KeyId", keyId, "KeySpec", "AES_512");
    }

    @ConformanceTest
    @Proves({
        "GenerateDataKeyWithoutPlaintext/KeyId/required",
        "GenerateDataKeyWithoutPlaintext/KeySpec/values",
        "GenerateDataKeyWithoutPlaintext/NumberOfBytes/range",
        "GenerateDataKeyWithoutPlaintext/answer/CiphertextBlob",
        "GenerateDataKeyWithoutPlaintext/answer/KeyId",
        "GenerateDataKeyWithoutPlaintext/answer/KeyVersionId",
        "GenerateDataKeyWithoutPlaintext/answer/RequestId",
        "GenerateDataKeyWithoutPlaintext/error/Forbidden.KeyNotFound",
        "GenerateDataKeyWithoutPlaintext/error/InvalidParameter",
        "GenerateDataKey/KeyId/required",
        "GenerateDataKey/error/Forbidden.KeyNotFound",
        "GenerateDataKey/error/Rejected.UnsupportedOperation",
    })
    void dataKeyWithoutPlaintext_isToldOnlyByDecrypt(Kms kms) {
        String action = "GenerateDataKeyWithoutPlaintext";
        Object keyId = metadata(kms.call("CreateKey")).get("KeyId");
        Map<String, Object> made = kms.call(action, "KeyId", keyId, "KeySpec", "AES_128");
        assertThat(made).containsOnlyKeys("KeyId", "KeyVersionId", "CiphertextBlob", "RequestId");
        Object plaintext = kms.call("Decrypt", "CiphertextBlob", made.get("CiphertextBlob"))
                .get("Plaintext");
        assertThat(Base64.getDecoder().decode((String) plaintext)).hasSize(16);
        kms.assertInvalid("NumberOfBytes", action, "KeyId", keyId, "NumberOfBytes", 1_025);

        Object rsa = metadata(kms.call("CreateKey", "KeySpec", "RSA_2048")).get("KeyId");
        for (String each : List.of(action, "GenerateDataKey")) {
            kms.assertRequired(each, "KeyId", keyId);
            kms.assertRefused(404, "Forbidden.KeyNotFound", each, "KeyId", "unknown");
            kms.assertRefused(400, "Rejected.UnsupportedOperation", each, "KeyId", rsa);
        }
    }

    @ConformanceTest
    @Proves({
        "Encrypt/DryRun/true",
        "Decrypt/DryRun/true",
        "GenerateDataKey/DryRun/true",
        "GenerateDataKeyWithoutPlaintext/DryRun/true",
    })
    void dryRun_ofEach_saysHowItWouldHaveEnded(Kms kms) {
        Object keyId = metadata(kms.call("CreateKey")).get("KeyId");
        Object blob =
                kms.call("Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT).get("CiphertextBlob");
        String code = "DryRunOperationError";
        kms.assertRefused(400, code, "Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT, "DryRun", "true");
        kms.assertRefused(400, code, "Decrypt", "CiphertextBlob", blob, "DryRun", "true");
        kms.assertRefused(400, code, "GenerateDataKey", "KeyId", keyId, "DryRun", "true");
        kms.assertRefused(400, code, "GenerateDataKeyWithoutPlaintext", "KeyId", keyId, "DryRun", "true");
        kms.assertRefused(400, "ValidationError", "Encrypt", "KeyId", keyId, "Plaintext", "?", "DryRun", "true");
        kms.assertRefused(404, "Forbidden.KeyNotFound", "GenerateDataKey", "KeyId", "unknown", "DryRun", "true");
        kms.call("Encrypt", "KeyId", keyId, "Plaintext", PLAINTEXT, "DryRun", "false");
    }

    private static void assertLength(Kms kms, int bytes, Map<String, Object> dataKey) {
        Object plaintext = dataKey.get("Plaintext");
        assertThat(Base64.getDecoder().decode((String) plaintext)).hasSize(bytes);
        assertThat(kms.call("Decrypt", "CiphertextBlob", dataKey.get("CiphertextBlob")))
                .containsEntry("Plaintext", plaintext);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> answer) {
        return (Map<String, Object>) answer.get("KeyMetadata");
    }
}
