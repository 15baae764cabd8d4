package dev.tumbler.emulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.secret.AccountPair;
import dev.tumbler.emulator.secret.CustomData;
import dev.tumbler.emulator.secret.EcsLogin;
import dev.tumbler.emulator.secret.ManagedResource;
import dev.tumbler.emulator.secret.Management;
import dev.tumbler.emulator.secret.PendingRotation;
import dev.tumbler.emulator.secret.PolarDbAccounts;
import dev.tumbler.emulator.secret.RamUser;
import dev.tumbler.emulator.secret.RdsAccounts;
import dev.tumbler.emulator.secret.RedisAccounts;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.SecretValue;
import dev.tumbler.emulator.secret.SecretVersion;
import dev.tumbler.emulator.secret.StoredSecret;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretJsonTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.000000001Z");

    static Stream<SecretValue> values() {
        return Stream.of(
                new SecretValue.Text("line\n\"quoted\" 密码 \0"),
                new SecretValue.Binary("AAEC"),
                new SecretValue.Account("orders", "C4nary-1"),
                new SecretValue.AccessKey("LTAI", "C4nary-2"),
                new SecretValue.Login("root", "C4nary-3"),
                new SecretValue.KeyPair("root", "ssh-rsa A", "-----BEGIN"));
    }

    static Stream<ManagedResource> resources() {
        return Stream.of(
                new RdsAccounts(RotationStrategy.SINGLE_ACCOUNT, "rm-1", List.of("orders")),
                new RdsAccounts(RotationStrategy.DUAL_ACCOUNT, "rm-1", List.of("orders", "orders_clone")),
                new RamUser("app"),
                new EcsLogin(EcsLogin.Kind.SSH_KEY, "cn-hangzhou", "i-1"),
                new RedisAccounts(AccountPair.of("app"), "RoleReadWrite", "r-1", "cn-hangzhou"),
                new PolarDbAccounts(AccountPair.of("app"), "cn-hangzhou", "pc-1", "PostgreSQL", null, null),
                new PolarDbAccounts(AccountPair.of("app"), "cn-hangzhou", "pc-1", "MySQL", "ReadWrite", "shop"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void anyValue_comesBack(SecretValue value) {
        StoredSecret stored = new StoredSecret(secret(value, null), null);
        assertThat(SecretJson.read(SecretJson.write(stored))).isEqualTo(stored);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void anyResource_comesBack(ManagedResource resource) {
        RotationPolicy rotation = resource instanceof RdsAccounts
                ? new RotationPolicy(AutomaticRotation.INVALID, Duration.ofHours(6), TIME)
                : RotationPolicy.manual();
        Management management = new Management(resource, new CustomData("{\"a\":\"b\"}", 1), rotation);
        StoredSecret stored = new StoredSecret(
                secret(new SecretValue.Account("orders", "x"), management), new PendingRotation("v2", "C4nary-4"));
        assertThat(SecretJson.read(SecretJson.write(stored))).isEqualTo(stored);
    }

    @Test
    void kindsOfValuesAndResources_areAllHere() {
        assertThat(values().map(SecretValue::getClass)).containsAll(permitted(SecretValue.class));
        assertThat(resources().map(ManagedResource::getClass)).containsAll(permitted(ManagedResource.class));
    }

    @Test
    void laterFormat_isRefused() {
        String stored = SecretJson.write(new StoredSecret(secret(new SecretValue.Text("x"), null), null));
        assertThatThrownBy(() -> SecretJson.read(stored.replace("\"format\":1", "\"format\":2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("later version");
    }

    private static <T> List<Class<? extends T>> permitted(Class<T> type) {
        return Stream.of(type.getPermittedSubclasses())
                .<Class<? extends T>>map(subclass -> subclass.asSubclass(type))
                .toList();
    }

    private static Secret secret(SecretValue value, @Nullable Management management) {
        return new Secret(
                "orders/db",
                "1234567890123456",
                "of the shop",
                "key-1",
                "kst-1",
                TIME,
                TIME.plusSeconds(1),
                TIME.plusSeconds(2),
                Tags.of("Tags", List.of(new Tag("team", "shop"), new Tag("Stage", "")), Tags.MOST),
                SecretPolicy.ofAccount("1234567890123456"),
                List.of(new SecretVersion("v1", value, TIME), new SecretVersion("v0", value, TIME)),
                Map.of("ACSCurrent", "v1", "mine", "v0"),
                management);
    }
}
