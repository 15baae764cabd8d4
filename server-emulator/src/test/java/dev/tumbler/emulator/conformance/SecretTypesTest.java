package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Secrets of the types that are kept but do not rotate yet. */
class SecretTypesTest {
    private static final String RAM = "{\"SecretSubType\":\"RamUserAccessKey\",\"UserName\":\"alice\"}";
    private static final String KEYS = "{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI-1\",\"AccessKeySecret\":\"s1\"},"
            + "{\"AccessKeyId\":\"LTAI-2\",\"AccessKeySecret\":\"s2\"}]}";
    private static final String ECS =
            "{\"SecretSubType\":\"Password\",\"RegionId\":\"cn-hangzhou\",\"InstanceId\":\"i-1\"}";
    private static final String REDIS = "{\"SecretSubType\":\"DoubleUsers\",\"AccountName\":\"cache\","
            + "\"CloneAccountName\":\"cache_clone\",\"AccountPrivilege\":\"RoleReadWrite\",\"InstanceId\":\"r-1\","
            + "\"RegionId\":\"cn-hangzhou\"}";
    private static final String POLARDB = "{\"SecretSubType\":\"DoubleUsers\",\"RegionId\":\"cn-hangzhou\","
            + "\"DBClusterId\":\"pc-1\",\"DBType\":\"MySQL\",\"AccountName\":\"app\",\"AccountPrivilege\":\"ReadWrite\","
            + "\"DBName\":\"shop\",\"CustomData\":{\"k\":\"v\"}}";

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretName/ram-auto",
        "CreateSecret/ExtendedConfig/ram",
        "CreateSecret/SecretData/ram",
        "CreateSecret/SecretType/values",
        "GetSecretValue/answer/SecretData-ram",
    })
    void ramCredentials_areNamedAfterTheUser_andReadWithTheirTime(Kms kms) {
        Map<String, Object> created = create(kms, "RAMCredentials", "$Auto", KEYS, RAM);
        assertThat(created)
                .containsEntry("SecretName", "acs/ram/user/alice")
                .containsEntry("SecretType", "RAMCredentials")
                .containsEntry("AutomaticRotation", "Disabled")
                .containsEntry("ExtendedConfig", RAM.replace("}", ",\"CustomData\":{}}"));
        assertThat(read(kms, "acs/ram/user/alice"))
                .containsEntry("SecretType", "RAMCredentials")
                .containsEntry(
                        "SecretData",
                        "{\"AccessKeyId\":\"LTAI-1\",\"AccessKeySecret\":\"s1\","
                                + "\"GenerateTimestamp\":\"2026-01-01T00:00:00Z\"}")
                .containsEntry("ExtendedConfig", RAM.replace("}", ",\"CustomData\":{}}"));
        refuse(kms, "SecretName", "RAMCredentials", "acs/ram/user/bob", KEYS, RAM);
        refuse(kms, "SecretData", "RAMCredentials", "$Auto", "{\"AccessKeys\":[]}", RAM);
        refuse(kms, "SecretData", "RAMCredentials", "$Auto", "{\"AccessKeyId\":\"LTAI-1\"}", RAM);
        refuse(kms, "ExtendedConfig", "RAMCredentials", "$Auto", KEYS, RAM.replace("UserName", "Name"));
        refuse(kms, "ExtendedConfig", "RAMCredentials", "$Auto", KEYS, RAM.replace("RamUserAccessKey", "Password"));
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretName/prefix-ecs",
        "CreateSecret/ExtendedConfig/ecs",
        "CreateSecret/SecretData/ecs",
        "GetSecretValue/answer/SecretData-ecs",
    })
    void ecs_passwordAndKeyPair_areReadAsTheyWereGiven(Kms kms) {
        String password = "{\"UserName\":\"root\",\"Password\":\"p<4>\"}";
        String pair = "{\"UserName\":\"root\",\"PublicKey\":\"ssh-rsa AAAA\",\"PrivateKey\":\"-----\\nBEGIN\\n-----\"}";
        String ssh = ECS.replace("Password", "SSHKey");
        create(kms, "ECS", "acs/ecs/a", password, ECS);
        create(kms, "ECS", "acs/ecs/b", pair, ssh);
        assertThat(read(kms, "acs/ecs/a"))
                .containsEntry("SecretData", password)
                .containsEntry("ExtendedConfig", ECS.replace("}", ",\"CustomData\":{}}"));
        assertThat(read(kms, "acs/ecs/b")).containsEntry("SecretData", pair);
        refuse(kms, "SecretName", "ECS", "a", password, ECS);
        refuse(kms, "SecretName", "ECS", "acs/ecs/", password, ECS);
        refuse(kms, "SecretData", "ECS", "acs/ecs/c", pair, ECS);
        refuse(kms, "SecretData", "ECS", "acs/ecs/c", password, ssh);
        refuse(kms, "ExtendedConfig", "ECS", "acs/ecs/c", password, ECS.replace("Password", "Token"));
        refuse(kms, "ExtendedConfig", "ECS", "acs/ecs/c", password, ECS.replace("RegionId", "Region"));
        refuse(kms, "ExtendedConfig", "ECS", "acs/ecs/c", password, ECS.replace("InstanceId", "Instance"));
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretData/redis", "CreateSecret/ExtendedConfig/redis", "CreateSecret/stage/made-accounts"})
    void redis_hasTwoAccountsWithOnePassword(Kms kms) {
        create(kms, "Redis", "cache", "$Auto", REDIS);
        String current = (String) read(kms, "cache").get("SecretData");
        assertThat(current).startsWith("{\"AccountName\":\"cache\",\"AccountPassword\":\"");
        assertThat(kms.call("GetSecretValue", "SecretName", "cache", "VersionStage", "ACSPrevious"))
                .containsEntry("SecretData", current.replace("\"cache\"", "\"cache_clone\""));
        assertThat(read(kms, "cache")).containsEntry("ExtendedConfig", REDIS.replace("}", ",\"CustomData\":{}}"));
        refuse(kms, "SecretData", "Redis", "b", "{\"Accounts\":[]}", REDIS);
        refuse(kms, "SecretName", "Redis", "acs/b", "$Auto", REDIS);
        refuse(kms, "ExtendedConfig", "Redis", "b", "$Auto", REDIS.replace("DoubleUsers", "SingleUser"));
        refuse(kms, "ExtendedConfig", "Redis", "b", "$Auto", REDIS.replace("cache_clone", "clone"));
        for (String member : List.of("AccountName", "CloneAccountName", "AccountPrivilege", "InstanceId", "RegionId")) {
            refuse(kms, "ExtendedConfig", "Redis", "b", "$Auto", REDIS.replace("\"" + member + "\"", "\"x\""));
        }
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretData/polardb", "CreateSecret/ExtendedConfig/polardb"})
    void polarDb_hasTwoAccountsToo(Kms kms) {
        create(kms, "PolarDB", "app", "$Auto", POLARDB);
        assertThat(read(kms, "app"))
                .containsEntry(
                        "ExtendedConfig",
                        "{\"SecretSubType\":\"DoubleUsers\",\"RegionId\":\"cn-hangzhou\",\"DBClusterId\":\"pc-1\","
                                + "\"DBType\":\"MySQL\",\"AccountName\":\"app\",\"CloneAccountName\":\"app_clone\","
                                + "\"AccountType\":\"Normal\",\"AccountPrivilege\":\"ReadWrite\",\"DBName\":\"shop\","
                                + "\"CustomData\":{\"k\":\"v\"}}");
        refuse(kms, "ExtendedConfig", "PolarDB", "b", "$Auto", POLARDB.replace("MySQL", "PostgreSQL"));
        refuse(kms, "ExtendedConfig", "PolarDB", "b", "$Auto", POLARDB.replace("MySQL", "Oracle"));
        refuse(kms, "SecretData", "PolarDB", "b", "auto", POLARDB);
        for (String member : List.of("RegionId", "DBClusterId", "DBType", "AccountName")) {
            refuse(kms, "ExtendedConfig", "PolarDB", "b", "$Auto", POLARDB.replace("\"" + member + "\"", "\"x\""));
        }
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretDataType/managed",
        "CreateSecret/ExtendedConfig/required",
        "CreateSecret/SecretData/size-managed"
    })
    void managedSecret_ofAnyType_isTextWithAConfigurationWithinTheLimits(Kms kms) {
        for (List<String> type : types()) {
            List<Object> parameters = new ArrayList<>(parameters(type.get(0), type.get(1), type.get(2), type.get(3)));
            parameters.addAll(List.of("SecretDataType", "binary"));
            kms.assertInvalid("SecretDataType", "CreateSecret", parameters.toArray());
            kms.assertRefused(
                    400,
                    "MissingParameter",
                    "CreateSecret",
                    Kms.without(
                            "ExtendedConfig",
                            parameters(type.get(0), type.get(1), type.get(2), type.get(3))
                                    .toArray()));
            refuse(kms, "ExtendedConfig", type.get(0), type.get(1), type.get(2), "{\"SecretSubType\":{}}");
        }
        String login = "{\"UserName\":\"root\",\"Password\":\"%s\"}";
        int overhead = login.length() - 2;
        create(kms, "ECS", "acs/ecs/a", login.formatted("p".repeat(30_720 - overhead)), ECS);
        refuse(kms, "SecretData", "ECS", "acs/ecs/b", login.formatted("p".repeat(30_721 - overhead)), ECS);
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/EnableAutomaticRotation/not-emulated",
        "RotateSecret/type/not-emulated",
        "CreateSecret/types/life",
    })
    void secretsOfTheseTypes_areListedDescribedAndDeleted_butRotationIsRefusedInWords(Kms kms, KmsEmulator emulator) {
        for (List<String> type : types()) {
            String name = (String) create(kms, type.get(0), type.get(1), type.get(2), type.get(3))
                    .get("SecretName");
            assertThat(kms.call("DescribeSecret", "SecretName", name))
                    .containsEntry("SecretType", type.get(0))
                    .containsEntry("AutomaticRotation", "Disabled");
            assertThat(kms.call(
                            "ListSecrets",
                            "Filters",
                            "[{\"Key\":\"SecretType\",\"Values\":[\"" + type.get(0) + "\"]}]"))
                    .containsEntry("TotalCount", 1);
            assertThat(kms.assertRefused(
                            400,
                            "Rejected.UnsupportedOperation",
                            "RotateSecret",
                            "SecretName",
                            name,
                            "VersionId",
                            "v2"))
                    .hasMessageContaining("The rotation of " + type.get(0) + " secrets is not emulated yet");
            kms.call("DeleteSecret", "SecretName", name, "RecoveryWindowInDays", "7");
            List<Object> rotating = new ArrayList<>(parameters(type.get(0), type.get(1), type.get(2), type.get(3)));
            rotating.addAll(List.of("EnableAutomaticRotation", true, "RotationInterval", "7d"));
            assertThat(kms.assertRefused(400, "Rejected.UnsupportedOperation", "CreateSecret", rotating.toArray()))
                    .hasMessageContaining("is not emulated yet");
        }
        emulator.clock().advance(Duration.ofDays(7));
        assertThat(kms.call("ListSecrets")).containsEntry("TotalCount", 0);
    }

    private static List<List<String>> types() {
        return List.of(
                List.of("RAMCredentials", "$Auto", KEYS, RAM),
                List.of("ECS", "acs/ecs/x", "{\"UserName\":\"root\",\"Password\":\"p\"}", ECS),
                List.of("Redis", "redis", "$Auto", REDIS),
                List.of("PolarDB", "polardb", "$Auto", POLARDB));
    }

    private static List<Object> parameters(String type, String name, String data, String config) {
        return List.of(
                "SecretName",
                name,
                "VersionId",
                "v1",
                "SecretType",
                type,
                "SecretData",
                data,
                "ExtendedConfig",
                config);
    }

    private static Map<String, Object> create(Kms kms, String type, String name, String data, String config) {
        return kms.call("CreateSecret", parameters(type, name, data, config).toArray());
    }

    private static void refuse(Kms kms, String parameter, String type, String name, String data, String config) {
        kms.assertInvalid(
                parameter, "CreateSecret", parameters(type, name, data, config).toArray());
    }

    private static Map<String, Object> read(Kms kms, String name) {
        return kms.call("GetSecretValue", "SecretName", name, "FetchExtendedConfig", true);
    }
}
