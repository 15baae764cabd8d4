package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence: RAM, "Policy structure and syntax", "Policy elements", "Conditional operators". */
class PolicyTest {
    private static final String SECRET = "acs:kms:cn-hangzhou:1234567890123456:secret/orders/db";

    private static AccessRequest request(String action, String resource) {
        return new AccessRequest(action, resource, Map.of());
    }

    private static Policy statements(String... statements) {
        return Policy.parse("{\"Version\":\"1\",\"Statement\":[" + String.join(",", statements) + "]}");
    }

    private static String statement(String effect, String actions, String resources) {
        return "{\"Effect\":\"" + effect + "\"," + actions + "," + resources + "}";
    }

    @Nested
    class Evaluation {
        @Test
        void decide_nothingMatches_isImplicitlyDenied() {
            Policy policy = statements(statement("Allow", "\"Action\":\"kms:GetSecretValue\"", "\"Resource\":\"*\""));

            assertThat(policy.decide(request("kms:PutSecretValue", SECRET))).isEqualTo(Decision.IMPLICIT_DENY);
        }

        @ParameterizedTest
        @CsvSource({
            "kms:GetSecretValue, acs:kms:*:*:secret/orders/*, ALLOW",
            "KMS:getsecretvalue, acs:kms:*:*:secret/orders/*, ALLOW",
            "kms:Get*, acs:kms:cn-hangzhou:1234567890123456:secret/orders/db, ALLOW",
            "*, *, ALLOW",
            "kms:GetSecretValue, acs:kms:*:*:secret/ORDERS/*, IMPLICIT_DENY",
            "kms:GetSecretValue, acs:kms:cn-beijing:*:secret/*, IMPLICIT_DENY",
            "kms:GetSecretValue, acs:kms:*:*:secret, IMPLICIT_DENY",
            "kms:GetSecret, *, IMPLICIT_DENY"
        })
        void decide_patterns_coverActionsWithoutCaseAndResourcesWith(
                String action, String resource, Decision expected) {
            assertThat(Policy.allow(action, resource).decide(request("kms:GetSecretValue", SECRET)))
                    .isEqualTo(expected);
        }

        @Test
        void decide_deniedAnywhere_isExplicitlyDeniedInAnyOrder() {
            String allow = statement("Allow", "\"Action\":[\"kms:*\"]", "\"Resource\":[\"*\"]");
            String deny = statement("Deny", "\"Action\":\"kms:DeleteSecret\"", "\"Resource\":\"acs:kms:*:*:secret/*\"");

            for (Policy policy : new Policy[] {statements(allow, deny), statements(deny, allow)}) {
                assertThat(policy.decide(request("kms:DeleteSecret", SECRET))).isEqualTo(Decision.EXPLICIT_DENY);
                assertThat(policy.decide(request("kms:GetSecretValue", SECRET))).isEqualTo(Decision.ALLOW);
            }
        }

        @Test
        void decide_notActionAndNotResource_coverAllOthers() {
            Policy policy = statements(statement(
                    "Allow", "\"NotAction\":[\"kms:Delete*\"]", "\"NotResource\":[\"acs:kms:*:*:secret/prod/*\"]"));

            assertThat(policy.decide(request("kms:GetSecretValue", SECRET))).isEqualTo(Decision.ALLOW);
            assertThat(policy.decide(request("kms:DeleteSecret", SECRET))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(policy.decide(request("kms:GetSecretValue", "acs:kms:cn-hangzhou:1:secret/prod/db")))
                    .isEqualTo(Decision.IMPLICIT_DENY);
        }

        @Test
        void decide_actionWithoutResource_isCoveredByTheStarAlone() {
            assertThat(Policy.allow("kms:GetRandomPassword", "*").decide(request("kms:GetRandomPassword", "*")))
                    .isEqualTo(Decision.ALLOW);
            assertThat(Policy.allow("kms:GetRandomPassword", "acs:kms:*:*:*")
                            .decide(request("kms:GetRandomPassword", "*")))
                    .isEqualTo(Decision.IMPLICIT_DENY);
        }

        @Test
        void decisions_combined_denyBeforeTheyAllow() {
            for (Decision a : Decision.values()) {
                for (Decision b : Decision.values()) {
                    boolean denied = a == Decision.EXPLICIT_DENY || b == Decision.EXPLICIT_DENY;
                    boolean one = a == Decision.ALLOW || b == Decision.ALLOW;
                    boolean both = a == Decision.ALLOW && b == Decision.ALLOW;
                    assertThat(a.or(b))
                            .isEqualTo(denied ? Decision.EXPLICIT_DENY : one ? Decision.ALLOW : Decision.IMPLICIT_DENY);
                    assertThat(a.and(b))
                            .isEqualTo(
                                    denied ? Decision.EXPLICIT_DENY : both ? Decision.ALLOW : Decision.IMPLICIT_DENY);
                }
            }
        }
    }

    @Nested
    class Conditions {
        private Decision decide(String condition, Map<String, String> context) {
            return statements("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":" + condition
                            + "}")
                    .decide(new AccessRequest("kms:GetSecretValue", SECRET, context));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                StringEquals              | a           | a                    | ALLOW
                StringEquals              | a           | A                    | IMPLICIT_DENY
                StringNotEquals           | a           | b                    | ALLOW
                StringNotEquals           | a           | a                    | IMPLICIT_DENY
                StringEqualsIgnoreCase    | a           | A                    | ALLOW
                StringNotEqualsIgnoreCase | a           | A                    | IMPLICIT_DENY
                StringLike                | dev-*       | dev-1                | ALLOW
                StringLike                | dev-?       | dev-12               | IMPLICIT_DENY
                StringNotLike             | dev-*       | prod                 | ALLOW
                NumericEquals             | 10          | 10.0                 | ALLOW
                NumericNotEquals          | 10          | 11                   | ALLOW
                NumericLessThan           | 10          | 10                   | IMPLICIT_DENY
                NumericLessThanEquals     | 10          | 10                   | ALLOW
                NumericGreaterThan        | 10          | 10                   | IMPLICIT_DENY
                NumericGreaterThanEquals  | 10          | 10                   | ALLOW
                NumericLessThan           | 10          | many                 | IMPLICIT_DENY
                DateLessThan              | 2026-01-01T00:00:00Z      | 2025-12-31T23:59:59Z | ALLOW
                DateLessThan              | 2026-01-01T00:00:00Z      | 2026-01-01T00:00:00Z | IMPLICIT_DENY
                DateEquals                | 2026-01-01T08:00:00+08:00 | 2026-01-01T00:00:00Z | ALLOW
                DateGreaterThanEquals     | 2026-01-01T00:00:00Z      | 2026-01-01T00:00:00Z | ALLOW
                Bool                      | true        | true                 | ALLOW
                Bool                      | false       | true                 | IMPLICIT_DENY
                IpAddress                 | 10.0.0.0/8  | 10.200.0.1           | ALLOW
                IpAddress                 | 10.0.0.0/8  | 11.0.0.1             | IMPLICIT_DENY
                IpAddress                 | 127.0.0.1   | 127.0.0.1            | ALLOW
                IpAddress                 | 0.0.0.0/0   | 192.168.0.1          | ALLOW
                NotIpAddress              | 10.0.0.0/8  | 11.0.0.1             | ALLOW
                IpAddress                 | 2001:db8::/32 | 2001:db8:1::1      | ALLOW
                IpAddress                 | 2001:db8::/32 | 10.0.0.1           | IMPLICIT_DENY
                """)
        void decide_operator_comparesTheValue(String operator, String expected, String actual, Decision decision) {
            assertThat(decide("{\"" + operator + "\":{\"k\":\"" + expected + "\"}}", Map.of("k", actual)))
                    .isEqualTo(decision);
        }

        @Test
        void decide_severalValues_anyWillDo() {
            String oneOf = "{\"StringEquals\":{\"k\":[\"a\",\"b\"]}}";
            String noneOf = "{\"StringNotEquals\":{\"k\":[\"a\",\"b\"]}}";

            assertThat(decide(oneOf, Map.of("k", "b"))).isEqualTo(Decision.ALLOW);
            assertThat(decide(oneOf, Map.of("k", "c"))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(noneOf, Map.of("k", "b"))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(noneOf, Map.of("k", "c"))).isEqualTo(Decision.ALLOW);
        }

        @Test
        void decide_severalKeysAndOperators_allMustHold() {
            String condition = "{\"StringEquals\":{\"k\":\"a\",\"l\":\"b\"},\"Bool\":{\"m\":true}}";

            assertThat(decide(condition, Map.of("k", "a", "l", "b", "m", "true")))
                    .isEqualTo(Decision.ALLOW);
            assertThat(decide(condition, Map.of("k", "a", "l", "c", "m", "true")))
                    .isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(condition, Map.of("k", "a", "l", "b", "m", "false")))
                    .isEqualTo(Decision.IMPLICIT_DENY);
        }

        @Test
        void decide_keyWithoutAValue_holdsForNegatedOperatorsOnly() {
            assertThat(decide("{\"StringEquals\":{\"k\":\"a\"}}", Map.of())).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide("{\"StringNotEquals\":{\"k\":\"a\"}}", Map.of())).isEqualTo(Decision.ALLOW);
        }

        @Test
        void deny_conditionFails_deniesNothing() {
            Policy policy = statements(
                    statement("Allow", "\"Action\":\"*\"", "\"Resource\":\"*\""),
                    "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\","
                            + "\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"false\"}}}");

            assertThat(policy.decide(new AccessRequest("kms:A", "*", Map.of("acs:SecureTransport", "true"))))
                    .isEqualTo(Decision.ALLOW);
            assertThat(policy.decide(new AccessRequest("kms:A", "*", Map.of("acs:SecureTransport", "false"))))
                    .isEqualTo(Decision.EXPLICIT_DENY);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no json at all {                  | A policy must be JSON
            []                                | A policy must be a JSON object
            {"Statement":[]}                  | The Version of a policy must be "1"
            {"Version":"2","Statement":[]}    | The Version of a policy must be "1"
            {"Version":"1"}                   | The Statement of a policy must be an array that is not empty
            {"Version":"1","Statement":[]}    | The Statement of a policy must be an array that is not empty
            {"Version":"1","Statements":[{}]} | A policy has Version and Statement, not "Statements"
            {"Version":"1","Statement":[1]}   | Statement 1 must be a JSON object
            {"Version":"1","Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]} | Statement 1, Effect must be Allow or Deny
            {"Version":"1","Statement":[{"Effect":"Allow","Resource":"*"}]} | Statement 1 must have either Action or NotAction
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}]} | Statement 1 must have either Action or NotAction
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*"}]} | Statement 1 must have either Resource or NotResource
            {"Version":"1","Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]} | Statement 1, Action must not be empty
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"GetSecretValue","Resource":"*"}]} | Statement 1, Action must be like kms:GetSecretValue, kms:* or *
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"secret/a"}]} | Statement 1, Resource must be like acs:kms:*:*:secret/orders/* or *
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"RAM":"*"}}]} | Statement 1 must not have "Principal"
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Actions":"*"}]} | Statement 1 must not have "Actions"
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ArnLike":{"k":"v"}}}]} | Statement 1, Condition has the operator "ArnLike", which the emulator does not know
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"k":"yes"}}}]} | Statement 1, Condition, Bool, k has a value of the wrong form: "yes"
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"k":"localhost"}}}]} | Statement 1, Condition, IpAddress, k has a value of the wrong form: "localhost"
            """)
    void parse_malformedDocument_saysWhatIsWrongWhere(String json, String message) {
        assertThatThrownBy(() -> Policy.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void parseOfResource_withoutPrincipal_isRefused() {
        assertThatThrownBy(
                        () -> Policy.parseOfResource(
                                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Statement 1, Principal must be like");
    }

    @Test
    void allow_malformedPattern_isRefusedAtOnce() {
        assertThatThrownBy(() -> Policy.allow("GetSecretValue"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The action must be like kms:GetSecretValue, kms:* or *");
        assertThatThrownBy(() -> Policy.allow("kms:*", "secret/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The resource must be like acs:kms:*:*:secret/orders/* or *");
    }
}
