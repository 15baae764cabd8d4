package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.aliyun.openapiutil.Client;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.ram.Authenticator.UnknownKeys;
import dev.tumbler.emulator.ram.Sts.Request;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence: STS API reference, AssumeRole; "Common errors of AssumeRole". Statuses are assumed. */
class StsTest {
    private static final String UID = "1234567890123456";
    private static final String ROLE_ARN = "acs:ram::" + UID + ":role/reader";
    private static final String NOT_AUTHORIZED =
            "You are not authorized to do this action. You should be authorized by RAM.";

    private final SettableTime time = new SettableTime("2026-11-24T10:00:00Z");
    private final AccessKeys keys = new AccessKeys();
    private final Ram ram = new Ram(UID, keys);
    private final Sts sts = new Sts(ram, keys, time);
    private final Authenticator authenticator = new Authenticator(keys, UID, UnknownKeys.REFUSED, time);
    private final RamRole role = ram.role("reader").allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/*");
    private final RamUser user = ram.user("app").allow("sts:AssumeRole", ROLE_ARN);
    private final Principal caller = new Principal.User(user);

    private static Request request() {
        return new Request(ROLE_ARN, "alice", null, null);
    }

    private static Request lasting(Duration duration) {
        return new Request(ROLE_ARN, "alice", duration, null);
    }

    private static Request restrictedTo(String policy) {
        return new Request(ROLE_ARN, "alice", null, policy);
    }

    private static AccessRequest read(String secret) {
        return new AccessRequest("kms:GetSecretValue", "acs:kms:cn-hangzhou:" + UID + ":secret/" + secret, Map.of());
    }

    private static void assertRefused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class,
                        error -> assertThat(tuple(error.status(), error.code(), error.getMessage()))
                                .isEqualTo(tuple(status, code, message)));
    }

    @Nested
    class AssumeRole {
        @Test
        void session_hasThePermissionsOfTheRole() {
            Principal session = sts.assumeRole(caller, request()).principal();

            assertThat(session.decide(read("orders/db"))).isEqualTo(Decision.ALLOW);
            assertThat(session.decide(read("mail/db"))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(session.arn()).isEqualTo("acs:ram::" + UID + ":assumed-role/reader/alice");
            assertThat(session.displayName()).isEqualTo("reader:alice");

            role.deny("kms:*");
            assertThat(session.decide(read("orders/db"))).isEqualTo(Decision.EXPLICIT_DENY);
        }

        @Test
        void sessionPolicy_leavesWhatBothAllow() {
            Principal session = sts.assumeRole(
                            caller,
                            restrictedTo(
                                    "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\","
                                            + "\"Resource\":[\"acs:kms:*:*:secret/orders/a\",\"acs:kms:*:*:secret/mail/*\"]}]}"))
                    .principal();

            assertThat(session.decide(read("orders/a"))).isEqualTo(Decision.ALLOW);
            assertThat(session.decide(read("orders/b"))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(session.decide(read("mail/a"))).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(session.denyingPolicyType(read("orders/b"))).isEqualTo("SessionPolicy");
            assertThat(session.denyingPolicyType(read("mail/a"))).isEqualTo("AccountLevelIdentityBasedPolicy");
        }

        @Test
        void account_mayNot() {
            assertRefused(
                    () -> sts.assumeRole(new Principal.Account(UID), request()),
                    403,
                    "NoPermission",
                    "Roles may not be assumed by root accounts.");
        }

        @Test
        void user_withoutPermission_mayNot() {
            user.detachPolicies();

            assertRefused(() -> sts.assumeRole(caller, request()), 403, "NoPermission", NOT_AUTHORIZED);
        }

        @Test
        void role_thatTrustsAnother_isNotAssumed() {
            role.trustPolicy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                    + "\"Principal\":{\"RAM\":[\"acs:ram::" + UID + ":user/other\"]}}]}");

            assertRefused(() -> sts.assumeRole(caller, request()), 403, "NoPermission", NOT_AUTHORIZED);
            Principal other = new Principal.User(ram.user("other").allow("sts:AssumeRole"));
            assertThat(sts.assumeRole(other, request()).principal().role()).isSameAs(role);
        }

        @Test
        void session_mayAssumeAnotherRole() {
            role.allow("sts:AssumeRole");
            ram.role("second");
            Principal first = sts.assumeRole(caller, request()).principal();

            Principal second = sts.assumeRole(first, new Request("acs:ram::" + UID + ":role/second", "bob", null, null))
                    .principal();

            assertThat(second.displayName()).isEqualTo("second:bob");
        }

        @Test
        void unknownRole_isEntityNotExist() {
            ram.deleteRole("reader");

            assertRefused(
                    () -> sts.assumeRole(caller, request()),
                    404,
                    "EntityNotExist.Role",
                    "The role not exists: " + ROLE_ARN + ".");
        }

        @ParameterizedTest
        @ValueSource(strings = {"reader", "acs:ram::" + UID + ":user/app", "acs:ram::" + UID + ":role/"})
        void roleArn_malformed_isRefused(String arn) {
            assertRefused(
                    () -> sts.assumeRole(caller, new Request(arn, "alice", null, null)),
                    400,
                    "InvalidParameter.RoleArn",
                    "The parameter RoleArn is wrongly formed.");
        }

        @ParameterizedTest
        @CsvSource({"ab, true", "a.b@c-d_e, true", "a, false", "a b, false", "a/b, false", "忍者神龟, false"})
        void sessionName_isTwoToSixtyFourCharacters(String name, boolean valid) {
            Request request = new Request(ROLE_ARN, name, null, null);
            if (valid) {
                assertThat(sts.assumeRole(caller, request).principal().sessionName())
                        .isEqualTo(name);
            } else {
                assertRefused(
                        () -> sts.assumeRole(caller, request),
                        400,
                        "InvalidParameter.RoleSessionName",
                        "The parameter RoleSessionName is wrongly formed.");
            }
        }

        @Test
        void sessionName_tooLong_isRefused() {
            sts.assumeRole(caller, new Request(ROLE_ARN, "a".repeat(64), null, null));
            assertThatThrownBy(() -> sts.assumeRole(caller, new Request(ROLE_ARN, "a".repeat(65), null, null)))
                    .isInstanceOf(KmsError.class);
        }

        @Test
        void duration_isFifteenMinutesToTheLongestOfTheRole() {
            assertThat(sts.assumeRole(caller, lasting(Duration.ofMinutes(15))).expiration())
                    .isEqualTo("2026-11-24T10:15:00Z");
            assertThat(sts.assumeRole(caller, request()).expiration()).isEqualTo("2026-11-24T11:00:00Z");
            for (int seconds : new int[] {0, 899, 3601}) {
                assertRefused(
                        () -> sts.assumeRole(caller, lasting(Duration.ofSeconds(seconds))),
                        400,
                        "InvalidParameter.DurationSeconds",
                        "The Min/Max value of DurationSeconds is 15min/1hr.");
            }
            role.maxSessionDuration(Duration.ofHours(12));
            assertThat(sts.assumeRole(caller, lasting(Duration.ofHours(12))).expiration())
                    .isEqualTo("2026-11-24T22:00:00Z");
        }

        @Test
        void policy_malformed_isRefusedAndSaysWhy() {
            assertRefused(
                    () -> sts.assumeRole(caller, restrictedTo("{\"Version\":\"1\",\"Statement\":[]}")),
                    400,
                    "InvalidParameter.PolicyGrammar",
                    "The parameter Policy has not passed grammar check. The Statement of a policy must be an array that"
                            + " is not empty");
            assertThatThrownBy(() -> sts.assumeRole(caller, restrictedTo(" ".repeat(2049))))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameter.PolicySize"));
        }
    }

    @Nested
    class AssumeRoleWithOidc {
        private static final String PROVIDER = "acs:ram::" + UID + ":oidc-provider/k8s";

        @Test
        void role_thatTrustsTheProvider_isAssumed() {
            role.trustOidcProvider(PROVIDER);

            assertThat(sts.assumeRoleWithOidc(PROVIDER, "eyJh.eyJz.c2ln", request())
                            .principal()
                            .displayName())
                    .isEqualTo("reader:alice");
        }

        @Test
        void role_thatTrustsTheAccountOnly_isNot() {
            assertRefused(
                    () -> sts.assumeRoleWithOidc(PROVIDER, "eyJh.eyJz.c2ln", request()),
                    403,
                    "NoPermission",
                    NOT_AUTHORIZED);
        }

        @Test
        void role_thatTrustsTheProvider_isNotForUsers() {
            role.trustOidcProvider(PROVIDER);

            assertRefused(() -> sts.assumeRole(caller, request()), 403, "NoPermission", NOT_AUTHORIZED);
        }

        @Test
        void providerOrToken_malformed_isRefused() {
            assertThatThrownBy(() -> sts.assumeRoleWithOidc("k8s", "token", request()))
                    .isInstanceOfSatisfying(
                            KmsError.class,
                            error -> assertThat(error.code()).isEqualTo("InvalidParameter.OIDCProviderArn"));
            assertThatThrownBy(() -> sts.assumeRoleWithOidc(PROVIDER, "abc", request()))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameter.OIDCToken"));
        }
    }

    @Nested
    class SessionKeys {
        private final SessionCredentials session = sts.assumeRole(caller, request());

        private Caller call(AccessKey key, String token) {
            Map<String, String> parameters = new HashMap<>(Map.of(
                    "Action",
                    "GetSecretValue",
                    "AccessKeyId",
                    key.id(),
                    "SignatureMethod",
                    "HMAC-SHA1",
                    "SignatureVersion",
                    "1.0",
                    "SignatureNonce",
                    UUID.randomUUID().toString(),
                    "Timestamp",
                    time.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    "SecurityToken",
                    token));
            try {
                parameters.put("Signature", Client.getRPCSignature(parameters, "GET", key.secret()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return authenticator.authenticate(new SignedRequest("GET", parameters, Map.of(), Map.of(), new byte[0]));
        }

        @Test
        void withTheirToken_areTheAssumedRole() {
            assertThat(session.accessKey().id()).startsWith("STS.");
            assertThat(call(session.accessKey(), session.securityToken()))
                    .isEqualTo(
                            new Caller(session.principal(), session.accessKey().id()));
        }

        @Test
        void withoutAToken_areRefused() {
            assertRefused(
                    () -> call(session.accessKey(), ""),
                    400,
                    "MissingSecurityToken",
                    "SecurityToken is mandatory for this action.");
        }

        @Test
        void withTheTokenOfAnotherSession_areRefused() {
            SessionCredentials other = sts.assumeRole(caller, request());

            assertRefused(
                    () -> call(session.accessKey(), other.securityToken()),
                    400,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.");
            assertRefused(
                    () -> call(user.createAccessKey(), other.securityToken()),
                    400,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.");
        }

        @Test
        void withATokenThatWasNeverIssued_areRefused() {
            assertRefused(
                    () -> call(session.accessKey(), session.securityToken() + "x"),
                    400,
                    "InvalidSecurityToken.Malformed",
                    "Specified SecurityToken is malformed.");
        }

        @Test
        void withAWrongSecret_areRefused() {
            assertThatThrownBy(() -> call(new AccessKey(session.accessKey().id(), "wrong"), session.securityToken()))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("SignatureDoesNotMatch"));
        }

        @Test
        void expire_atTheirExpirationAndNotBefore() {
            time.advance(Duration.ofHours(1).minusMillis(1));
            call(session.accessKey(), session.securityToken());
            time.advance(Duration.ofMillis(1));

            assertRefused(
                    () -> call(session.accessKey(), session.securityToken()),
                    400,
                    "InvalidSecurityToken.Expired",
                    "Specified SecurityToken is expired.");
        }

        /** They are not kept for ever: a client that renews every hour must not fill the memory. */
        @Test
        void expired_areForgottenADayLater() {
            time.advance(Duration.ofHours(26));
            sts.assumeRole(caller, request());

            assertThat(keys.find(session.accessKey().id())).isEmpty();
            assertThatThrownBy(() -> call(session.accessKey(), session.securityToken()))
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidAccessKeyId.NotFound"));
        }

        @Test
        void toString_holdsNoSecret() {
            assertThat(session.toString())
                    .contains(session.accessKey().id())
                    .doesNotContain(session.accessKey().secret(), session.securityToken());
        }
    }

    @Test
    void user_keys_areTheUsers() {
        AccessKey key = user.createAccessKey();
        keys.register(new AccessKey("LTAI-own", "secret"), user);

        assertThat(keys.registration(key.id()).principal()).isEqualTo(caller);
        assertThat(keys.registration("LTAI-own").principal()).isEqualTo(caller);
        assertThat(ram.user("app")).isSameAs(user);
        assertThat(keys.disable(key.id())).isTrue();
        assertThat(keys.isEnabled(key.id())).isFalse();
        assertThat(keys.enable(key.id())).isTrue();
        assertThat(keys.isEnabled(key.id())).isTrue();
        assertThat(keys.delete(key.id())).isTrue();
        assertThat(keys.find(key.id())).isEmpty();
    }

    @Test
    void names_andDurations_outsideTheirRules_areRefusedAtOnce() {
        assertThatThrownBy(() -> ram.user("a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ram.role("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> role.maxSessionDuration(Duration.ofMinutes(59)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> role.maxSessionDuration(Duration.ofHours(13)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
