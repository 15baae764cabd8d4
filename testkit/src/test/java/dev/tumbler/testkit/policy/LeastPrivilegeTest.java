package dev.tumbler.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.RamRole;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.testkit.AllowedBy;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import dev.tumbler.testkit.KmsTestbed;
import dev.tumbler.testkit.RdsSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

/** The smallest policy, and what is wrong with others. */
@Timeout(60)
@KmsEmulatorTest
@GenericSecret(name = "mail/smtp", value = "password")
@GenericSecret(name = "api/token", value = "other")
@RdsSecret(name = "orders/db", account = "orders")
class LeastPrivilegeTest {
    @Test
    void policy_ofWhatWasDone_hasOneStatementForTheSameActions(KmsEmulator kms, SecretsClient client) {
        client.getSecretValue("mail/smtp");
        client.getSecretValue("api/token");
        client.getSecretValue("mail/smtp");
        client.describeSecret("orders/db");
        client.getSecretValue("orders/db");
        client.listSecrets();

        LeastPrivilege needed = LeastPrivilege.of(kms);

        assertThat(needed.permissions())
                .containsExactly(
                        "kms:ListSecrets on acs:kms:cn-hangzhou:*:secret",
                        "kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/api/token",
                        "kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/mail/smtp",
                        "kms:DescribeSecret on acs:kms:cn-hangzhou:*:secret/orders/db",
                        "kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/orders/db");
        assertThat(needed.toJson()).isEqualTo("""
                {
                  "Version": "1",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": [
                        "kms:DescribeSecret",
                        "kms:GetSecretValue"
                      ],
                      "Resource": [
                        "acs:kms:cn-hangzhou:*:secret/orders/db"
                      ]
                    },
                    {
                      "Effect": "Allow",
                      "Action": [
                        "kms:GetSecretValue"
                      ],
                      "Resource": [
                        "acs:kms:cn-hangzhou:*:secret/api/token",
                        "acs:kms:cn-hangzhou:*:secret/mail/smtp"
                      ]
                    },
                    {
                      "Effect": "Allow",
                      "Action": [
                        "kms:ListSecrets"
                      ],
                      "Resource": [
                        "acs:kms:cn-hangzhou:*:secret"
                      ]
                    }
                  ]
                }""");
    }

    @Test
    void policy_isEnough_andNoPartOfItIsTooMuch(KmsTestbed kms) {
        work(kms.client());
        String policy = LeastPrivilege.of(kms.emulator()).toJson();

        assertThatCode(() -> workUnder(policy)).doesNotThrowAnyException();
        List<String> smaller = eachLessOne(policy);
        assertThat(smaller)
                .hasSize(5)
                .allSatisfy(
                        less -> assertThatThrownBy(() -> workUnder(less)).isInstanceOf(AccessDeniedException.class));
    }

    private static void work(SecretsClient client) {
        client.createSecret(r -> r.secretName("new").versionId("v1").secretData("value"));
        client.putSecretValue("new", "v2", "another");
        client.getSecretValue("new");
        client.getSecretValue("orders/db");
        client.deleteSecret(r -> r.secretName("new").forceDeleteWithoutRecovery(true));
    }

    private static void workUnder(String policy) {
        try (KmsTestbed kms = KmsTestbed.builder()
                .prepare(emulator -> emulator.rds()
                        .add("rm-1", dev.tumbler.emulator.rds.RdsEngine.MYSQL)
                        .createDatabase("shop"))
                .prepare(emulator -> emulator.rdsSecrets()
                        .create(
                                "orders/db",
                                dev.tumbler.emulator.secret.NewRdsSecret.dualAccounts(
                                        "rm-1",
                                        "orders",
                                        dev.tumbler.emulator.rds.AccountPrivilege.READ_ONLY.on("shop"))))
                .allowedBy(policy)
                .start()) {
            work(kms.client());
        }
    }

    /** The policy without one of its permissions, each in turn. */
    private static List<String> eachLessOne(String policy) {
        List<String> smaller = new ArrayList<>();
        JsonArray statements = JsonParser.parseString(policy).getAsJsonObject().getAsJsonArray("Statement");
        List<JsonObject> single = new ArrayList<>();
        for (JsonElement statement : statements) {
            for (JsonElement action : statement.getAsJsonObject().getAsJsonArray("Action")) {
                for (JsonElement resource : statement.getAsJsonObject().getAsJsonArray("Resource")) {
                    JsonObject one = statement.deepCopy().getAsJsonObject();
                    one.add("Action", action);
                    one.add("Resource", resource);
                    single.add(one);
                }
            }
        }
        for (int left = 0; left < single.size(); left++) {
            JsonArray others = new JsonArray();
            for (int i = 0; i < single.size(); i++) {
                if (i != left) {
                    others.add(single.get(i));
                }
            }
            JsonObject document = new JsonObject();
            document.addProperty("Version", "1");
            document.add("Statement", others);
            smaller.add(document.toString());
        }
        return smaller;
    }

    @Test
    void policy_ofARole_isApartFromThatOfWhoAssumesIt(KmsEmulator kms) {
        String role = kms.ram().role("reader").allow("kms:GetSecretValue").arn();
        String user = kms.ram().user("app").allow("sts:AssumeRole").arn();
        AccessKey key = kms.ram().user("app").createAccessKey();
        try (SecretsClient asUser = client(kms, CredentialsProvider.of(key.id(), key.secret()));
                SecretsClient asRole = client(
                        kms,
                        CredentialsProvider.ramRole(
                                RamRole.builder()
                                        .roleArn(role)
                                        .stsEndpoint(kms.endpoint())
                                        .build(),
                                CredentialsProvider.of(key.id(), key.secret())))) {
            assertThatThrownBy(() -> asUser.getSecretValue("mail/smtp")).isInstanceOf(AccessDeniedException.class);
            asRole.getSecretValue("mail/smtp");
        }

        assertThat(LeastPrivilege.of(kms, user).permissions())
                .as("what was refused was not done")
                .containsExactly("sts:AssumeRole on acs:ram::*:role/reader");
        assertThat(LeastPrivilege.of(kms, role).permissions())
                .containsExactly("kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/mail/smtp");
        assertThat(LeastPrivilege.of(kms, kms.ram().user("nobody").arn()).isEmpty())
                .isTrue();
    }

    private static SecretsClient client(KmsEmulator kms, CredentialsProvider credentials) {
        return SecretsClient.builder()
                .region(kms.region())
                .endpoint(kms.endpoint())
                .credentials(credentials)
                .build();
    }

    @Test
    void suite_ofSeveral_hasWhatEachNeeded(KmsEmulator kms, SecretsClient client) {
        client.getSecretValue("mail/smtp");
        LeastPrivilege first = LeastPrivilege.of(kms);
        kms.journal().clear();
        client.describeSecret("mail/smtp");

        LeastPrivilege both = first.and(LeastPrivilege.of(kms));

        assertThat(both)
                .hasToString("kms:DescribeSecret on acs:kms:cn-hangzhou:*:secret/mail/smtp" + System.lineSeparator()
                        + "kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/mail/smtp");
        assertThat(first.permissions()).hasSize(1);
    }

    @Test
    void difference_fromAnotherPolicy_saysWhatIsMissingUnneededAndWide(KmsEmulator kms, SecretsClient client) {
        client.getSecretValue("mail/smtp");
        client.describeSecret("mail/smtp");
        client.getRandomPassword();
        LeastPrivilege needed = LeastPrivilege.of(kms);

        PolicyDifference difference = needed.comparedWith("""
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": ["kms:Get*", "kms:PutSecretValue"],
                   "Resource": ["acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp", "acs:kms:*:*:secret/orders/*"],
                   "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}},
                  {"Effect": "Allow", "Action": "kms:GetRandomPassword", "Resource": "*"}]}""");

        assertThat(difference)
                .hasToString(String.join(
                        System.lineSeparator(),
                        "+ kms:DescribeSecret on acs:kms:cn-hangzhou:*:secret/mail/smtp",
                        "- kms:Get* on acs:kms:*:*:secret/orders/*",
                        "- kms:PutSecretValue on acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp",
                        "- kms:PutSecretValue on acs:kms:*:*:secret/orders/*",
                        "~ kms:Get* on acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp, used for"
                                + " kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/mail/smtp"));
        assertThat(difference.isEmpty()).isFalse();
        assertThat(needed.comparedWith(needed.toJson()).isEmpty()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> needed.comparedWith("{}"));
    }

    @Test
    void testUnderAPolicy_thatIsRefused_reportsWhatItLacks() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(Bound.class))
                        .execute()
                        .testEvents()
                        .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                        .map(event ->
                                event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()))
                .containsExactly(Map.of(
                        "kms.missingPermissions",
                        "kms:DescribeSecret on acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp"));
    }

    @KmsEmulatorTest
    @GenericSecret(name = "mail/smtp", value = "password")
    @AllowedBy("read-mail.json")
    static class Bound {
        @Test
        void describes(SecretsClient client) {
            client.getSecretValue("mail/smtp");
            client.describeSecret("mail/smtp");
        }
    }
}
