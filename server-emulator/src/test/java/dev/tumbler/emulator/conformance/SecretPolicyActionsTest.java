package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SecretPolicyActionsTest {
    private static final String POLICY =
            "{\"Version\": \"1\", \"Statement\": [{\"Sid\": \"read_/+=.@-\", \"Effect\": \"Deny\","
                    + " \"Principal\": {\"RAM\": [\"acs:ram::1234567890123456:user/alice\"]}, \"Action\": [\"kms:GetSecretValue\"],"
                    + " \"Resource\": [\"*\"], \"Condition\": {\"IpAddress\": {\"acs:SourceIp\": \"10.0.0.0/8\"}}}]}";

    @ConformanceTest
    @Proves({
        "SetSecretPolicy/SecretName/arn",
        "SetSecretPolicy/Policy/stored",
        "SetSecretPolicy/PolicyName/default",
        "SetSecretPolicy/answer/RequestId",
        "GetSecretPolicy/SecretName/arn",
        "GetSecretPolicy/PolicyName/default",
        "GetSecretPolicy/answer/Policy",
        "GetSecretPolicy/answer/RequestId",
        "GetSecretPolicy/default",
        "RdsSecrets/R49/policy",
    })
    void policy_set_isWhatIsRead(Kms kms, KmsEmulator emulator) {
        Object arn = inInstance(kms, emulator, "a").get("Arn");
        assertThat(kms.call("GetSecretPolicy", "SecretName", "a"))
                .containsOnlyKeys("Policy", "RequestId")
                .containsEntry(
                        "Policy",
                        "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"kms default secret policy\",\"Effect\":\"Allow\","
                                + "\"Principal\":{\"RAM\":[\"acs:ram::" + KmsEmulator.ACCOUNT_ID
                                + ":*\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}");
        assertThat(kms.call("SetSecretPolicy", "SecretName", arn, "Policy", POLICY, "PolicyName", "default"))
                .containsOnlyKeys("RequestId");
        assertThat(kms.call("GetSecretPolicy", "SecretName", arn, "PolicyName", "default"))
                .containsEntry("Policy", POLICY);
    }

    @ConformanceTest
    @Proves({"CreateSecret/Policy/stored", "CreateSecret/Policy/size"})
    void policy_givenAtCreation_isWhatIsRead(Kms kms, KmsEmulator emulator) {
        inInstance(kms, emulator, "a", "Policy", POLICY);
        assertThat(kms.call("GetSecretPolicy", "SecretName", "a")).containsEntry("Policy", POLICY);
        String largest = POLICY + " ".repeat(32_768 - POLICY.length());
        inInstance(kms, emulator, "b", "Policy", largest);
        kms.assertInvalid(
                "Policy",
                "CreateSecret",
                "SecretName",
                "c",
                "VersionId",
                "v1",
                "SecretData",
                "x",
                "DKMSInstanceId",
                "kst-1",
                "EncryptionKeyId",
                key(kms, emulator),
                "Policy",
                largest + " ");
    }

    @ConformanceTest
    @Proves({
        "SetSecretPolicy/SecretName/required",
        "SetSecretPolicy/Policy/required",
        "SetSecretPolicy/Policy/form",
        "SetSecretPolicy/PolicyName/other",
        "SetSecretPolicy/error/InvalidParameter",
        "SetSecretPolicy/error/MissingParameter",
    })
    void policy_broken_isRefusedAndChangesNothing(Kms kms, KmsEmulator emulator) {
        inInstance(kms, emulator, "a", "Policy", POLICY);
        kms.assertRefused(400, "MissingParameter", "SetSecretPolicy", "Policy", POLICY);
        kms.assertRefused(400, "MissingParameter", "SetSecretPolicy", "SecretName", "a");
        kms.assertInvalid("PolicyName", "SetSecretPolicy", "SecretName", "a", "Policy", POLICY, "PolicyName", "other");
        for (String broken : List.of(
                "no JSON",
                "[]",
                "{\"Version\":\"1\"}",
                "{\"Version\":\"1\",\"Statement\":[]}",
                "{\"Version\":\"1\",\"Statement\":[7]}",
                POLICY.replace("\"1\"", "\"2\""),
                POLICY.replace("\"Deny\"", "\"Refuse\""),
                POLICY.replace("read_", "read#"),
                POLICY.replace("kms:GetSecretValue", "GetSecretValue"),
                POLICY.replace("[\"*\"]", "[\"a\"]"),
                POLICY.replace("acs:ram::", "ram:"),
                POLICY.replace("\"Principal\"", "\"Principals\""),
                POLICY.replace("{\"IpAddress\": {\"acs:SourceIp\": \"10.0.0.0/8\"}}", "\"always\""))) {
            kms.assertInvalid("Policy", "SetSecretPolicy", "SecretName", "a", "Policy", broken);
        }
        assertThat(kms.call("GetSecretPolicy", "SecretName", "a")).containsEntry("Policy", POLICY);
    }

    @ConformanceTest
    @Proves({
        "GetSecretPolicy/SecretName/required",
        "GetSecretPolicy/PolicyName/other",
        "GetSecretPolicy/error/MissingParameter",
        "GetSecretPolicy/error/InvalidParameter",
        "GetSecretPolicy/error/Forbidden.ResourceNotFound",
        "SetSecretPolicy/error/Forbidden.ResourceNotFound",
    })
    void secretOrPolicy_unknown_isNotFound(Kms kms, KmsEmulator emulator) {
        inInstance(kms, emulator, "a");
        kms.assertRefused(400, "MissingParameter", "GetSecretPolicy");
        kms.assertInvalid("SecretName", "GetSecretPolicy", "SecretName", "acs:kms:nothing");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "GetSecretPolicy", "SecretName", "a", "PolicyName", "other");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "GetSecretPolicy", "SecretName", "nobody");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "SetSecretPolicy", "SecretName", "nobody", "Policy", POLICY);
    }

    @ConformanceTest
    @Proves({
        "SetSecretPolicy/outside-of-instances",
        "GetSecretPolicy/outside-of-instances",
        "CreateSecret/Policy/outside-of-instances",
    })
    void secretOutsideOfKmsInstances_hasNoPolicy(Kms kms) {
        kms.createSecret("a", "x");
        kms.assertRefused(400, "Rejected.UnsupportedOperation", "GetSecretPolicy", "SecretName", "a");
        kms.assertRefused(400, "Rejected.UnsupportedOperation", "SetSecretPolicy", "SecretName", "a", "Policy", POLICY);
        kms.assertRefused(
                400,
                "Rejected.UnsupportedOperation",
                "CreateSecret",
                "SecretName",
                "b",
                "VersionId",
                "v1",
                "SecretData",
                "x",
                "Policy",
                POLICY);
    }

    @ConformanceTest
    @Proves({"GetSecretPolicy/scheduled", "SetSecretPolicy/error/Rejected.ResourceInDeleteWindow"})
    void scheduledSecret_showsItsPolicy_butTakesNoOther(Kms kms, KmsEmulator emulator) {
        inInstance(kms, emulator, "a", "Policy", POLICY);
        kms.call("DeleteSecret", "SecretName", "a");
        assertThat(kms.call("GetSecretPolicy", "SecretName", "a")).containsEntry("Policy", POLICY);
        kms.assertRefused(
                409, "Rejected.ResourceInDeleteWindow", "SetSecretPolicy", "SecretName", "a", "Policy", POLICY);
    }

    private static Map<String, Object> inInstance(Kms kms, KmsEmulator emulator, String name, Object... more) {
        List<Object> parameters =
                new ArrayList<>(List.of("DKMSInstanceId", "kst-1", "EncryptionKeyId", key(kms, emulator)));
        parameters.addAll(List.of(more));
        return kms.createSecret(name, "x", parameters.toArray());
    }

    /** A key of the KMS instance {@code kst-1}. */
    private static Object key(Kms kms, KmsEmulator emulator) {
        if (emulator.kmsInstances().find("kst-1").isEmpty()) {
            emulator.kmsInstances().add("kst-1");
        }
        Map<?, ?> metadata =
                (Map<?, ?>) kms.call("CreateKey", "DKMSInstanceId", "kst-1").get("KeyMetadata");
        return metadata.get("KeyId");
    }
}
