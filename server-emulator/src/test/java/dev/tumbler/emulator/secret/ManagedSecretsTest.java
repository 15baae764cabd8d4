package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.secret.SecretValue.AccessKey;
import dev.tumbler.emulator.secret.SecretValue.Account;
import dev.tumbler.emulator.secret.SecretValue.KeyPair;
import dev.tumbler.emulator.secret.SecretValue.Login;
import dev.tumbler.emulator.tag.Tags;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managed secrets of the types that do not rotate yet. */
@Timeout(30)
class ManagedSecretsTest {
    private static final ManagedResource REDIS =
            new RedisAccounts(AccountPair.of("cache"), "RoleReadWrite", "r-1", "cn-hangzhou");

    private final SecretsFixture fixture = SecretsFixture.rotatingTo("Made-pass-1");
    private final Secrets secrets = fixture.secrets;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void ramCredentials_auto_isNamedAfterItsUser() {
        AccessKey key = new AccessKey("LTAI-1", "the-secret");
        Secret secret = create("$Auto", new RamUser("alice"), key, new AccessKey("LTAI-2", "another"));
        assertThat(secret.name()).isEqualTo("acs/ram/user/alice");
        assertThat(secret.type()).isEqualTo(SecretType.RAM_CREDENTIALS);
        assertThat(current("acs/ram/user/alice")).isEqualTo(key);
        assertRefused(() -> create("$Auto", new RamUser("alice"), key), "Rejected.ResourceExist", "");
    }

    @Test
    void ramCredentials_anyOtherNameOrNumberOfKeys_isRefused() {
        AccessKey key = new AccessKey("LTAI-1", "the-secret");
        assertRefused(() -> create("acs/ram/user/alice", new RamUser("alice"), key), "InvalidParameter", "SecretName");
        assertRefused(() -> create("$Auto", new RamUser("alice")), "InvalidParameter", "SecretData");
        assertRefused(() -> create("$Auto", new RamUser("alice"), key, key, key), "InvalidParameter", "SecretData");
        assertRefused(() -> create("$Auto", new RamUser("al ice"), key), "InvalidParameter", "SecretName");
    }

    @Test
    void ecs_passwordOrKeyPair_isKeptAsItIs() {
        Login login = new Login("root", "the-password");
        create("acs/ecs/a", new EcsLogin(EcsLogin.Kind.PASSWORD, "cn-hangzhou", "i-1"), login);
        assertThat(current("acs/ecs/a")).isEqualTo(login);
        KeyPair pair = new KeyPair("root", "ssh-rsa AAAA", "the-private-key");
        create("acs/ecs/b", new EcsLogin(EcsLogin.Kind.SSH_KEY, "cn-hangzhou", "i-1"), pair);
        assertThat(current("acs/ecs/b")).isEqualTo(pair);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "acs/ecs/", "acs/ecs", "acs/ram/user/a"})
    void ecs_nameWithoutItsPrefix_isRefused(String name) {
        EcsLogin ecs = new EcsLogin(EcsLogin.Kind.PASSWORD, "cn-hangzhou", "i-1");
        assertRefused(() -> create(name, ecs, new Login("root", "x")), "InvalidParameter", "acs/ecs/");
    }

    @Test
    void redis_auto_hasTwoAccountsWithOnePasswordFromTheStart() {
        Secret secret = create("cache", REDIS);
        assertThat(secret.stages())
                .containsOnlyKeys("ACSCurrent", "ACSPrevious")
                .containsEntry("ACSCurrent", "v1");
        assertThat(current("cache")).isEqualTo(new Account("cache", "Made-pass-1"));
        assertThat(secrets.getValue("cache", null, "ACSPrevious").version().value())
                .isEqualTo(new Account("cache_clone", "Made-pass-1"));
    }

    @Test
    void polarDb_privilegeAndDatabase_areForMySqlOnly() {
        AccountPair pair = AccountPair.of("app");
        create("a", new PolarDbAccounts(pair, "cn-hangzhou", "pc-1", "MySQL", "ReadWrite", "shop"));
        create("b", new PolarDbAccounts(pair, "cn-hangzhou", "pc-1", "PostgreSQL", null, null));
        assertThat(current("b")).isEqualTo(new Account("app", "Made-pass-1"));
        assertRefused(
                () -> new PolarDbAccounts(pair, "cn-hangzhou", "pc-1", "PostgreSQL", "ReadWrite", null),
                "InvalidParameter",
                "ExtendedConfig");
        assertRefused(
                () -> new PolarDbAccounts(pair, "cn-hangzhou", "pc-1", "Oracle", null, null),
                "InvalidParameter",
                "DBType");
    }

    @Test
    void accountPair_otherCloneName_isRefused() {
        assertRefused(() -> new AccountPair("app", "app2"), "InvalidParameter", "_clone");
    }

    @Test
    void rotation_ofTheseTypes_isRefusedClearly() {
        create("cache", REDIS);
        assertRefused(() -> secrets.rotate("cache", "v2"), "Rejected.UnsupportedOperation", "Redis");
        RotationPolicy weekly = RotationPolicy.every(Duration.ofDays(7));
        assertRefused(
                () -> new Management(REDIS, CustomData.NONE, weekly), "Rejected.UnsupportedOperation", "not emulated");
    }

    @Test
    void getValue_managedSecret_hasTheTwoBuiltInStagesOnly() {
        create("cache", REDIS);
        assertRefused(() -> secrets.getValue("cache", null, "Blue"), "InvalidParameter", "VersionStage");
    }

    @Test
    void customData_elevenPairs_isRefused() {
        assertThat(new CustomData("{…}", 10).pairs()).isEqualTo(10);
        assertRefused(() -> new CustomData("{…}", 11), "InvalidParameter", "CustomData");
    }

    @Test
    void value_toString_showsNoSecret() {
        assertThat(List.of(
                                new AccessKey("LTAI-1", "hidden"),
                                new Login("root", "hidden"),
                                new KeyPair("root", "public", "hidden"))
                        .toString())
                .isEqualTo("[AccessKey[LTAI-1, ***], Login[root, ***], KeyPair[root, ***]]");
    }

    private Secret create(String name, ManagedResource resource, SecretValue... values) {
        Management management = new Management(resource, CustomData.NONE, RotationPolicy.manual());
        return secrets.create(new NewSecret(
                name, "v1", new NewSecret.Managed(management, List.of(values)), "", null, null, Tags.NONE, null));
    }

    private SecretValue current(String name) {
        return secrets.getValue(name, null, null).version().value();
    }

    private static void assertRefused(ThrowingCallable call, String code, String inMessage) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining(inMessage);
    }
}
