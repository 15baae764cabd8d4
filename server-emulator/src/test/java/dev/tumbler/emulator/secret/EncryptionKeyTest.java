package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.KeySpec;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.key.KmsKey;
import dev.tumbler.emulator.key.KmsKey.Origin;
import dev.tumbler.emulator.key.KmsKey.ProtectionLevel;
import dev.tumbler.emulator.key.NewKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the state of its key does to a secret. */
@Timeout(30)
class EncryptionKeyTest {
    private final SecretsFixture fixture = SecretsFixture.rotatingTo("Rotated-pass-1");
    private final VirtualClock clock = fixture.clock;
    private final RdsInstances rds = fixture.rdsInstances;
    private final KmsInstances kmsInstances = fixture.kmsInstances;
    private final Keys keys = fixture.keys;
    private final Secrets secrets = fixture.secrets;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void create_keyByArn_isShownById() {
        String keyId = key(null).keyId();
        assertThat(create("a", keys.arn(keyId), null).encryptionKeyId()).isEqualTo(keyId);
        assertThat(secrets.describe("a").encryptionKeyId()).isEqualTo(keyId);
    }

    @Test
    void create_noKey_usesOneDefaultKeyAndShowsNone() {
        create("a", null, null);
        create("b", null, null);
        assertThat(secrets.describe("a").encryptionKeyId()).isNull();
        assertThat(keys.list(List.of())).hasSize(1);
        assertThat(current("a")).isEqualTo("x");
    }

    @Test
    void create_unusableKey_isRefusedAndCreatesNothing() {
        kmsInstances.add("kst-1");
        String disabled = key(null).keyId();
        keys.disable(disabled);
        String ofInstance = key("kst-1").keyId();

        assertError(() -> create("a", "unknown", null), 404, "Forbidden.KeyNotFound");
        assertError(() -> create("a", disabled, null), 409, "Rejected.Disabled");
        assertError(() -> create("a", ofInstance, null), 400, "InvalidParameter");
        assertError(() -> create("a", ofInstance, "kst-2"), 403, "Forbidden.DKMSInstanceNotFound");
        assertError(() -> secrets.describe("a"), 404, "Forbidden.ResourceNotFound");

        assertThat(create("a", ofInstance, "kst-1").dkmsInstanceId()).isEqualTo("kst-1");
    }

    @Test
    void keyDisabled_values_areRefusedAndMetadataIsNot() {
        String keyId = key(null).keyId();
        create("a", keyId, null);
        keys.disable(keyId);

        assertError(() -> current("a"), 409, "Rejected.Disabled");
        assertError(() -> put("v2"), 409, "Rejected.Disabled");
        assertThat(put("v1").version().versionId()).isEqualTo("v1");
        assertThat(secrets.describe("a").encryptionKeyId()).isEqualTo(keyId);
        assertThat(secrets.list(List.of())).hasSize(1);

        keys.enable(keyId);
        assertThat(current("a")).isEqualTo("x");
        put("v2");
    }

    @Test
    void keyDeleted_value_isGoneWithIt() {
        String keyId = key(null).keyId();
        create("a", keyId, null);
        keys.scheduleDeletion(keyId, 7);
        assertError(() -> current("a"), 409, "Rejected.PendingDeletion");
        clock.advance(Duration.ofDays(7));
        assertError(() -> current("a"), 404, "Forbidden.KeyNotFound");
        assertThat(secrets.describe("a").name()).isEqualTo("a");
        secrets.deleteNow("a");
        assertError(() -> secrets.describe("a"), 404, "Forbidden.ResourceNotFound");
    }

    @Test
    void rotate_keyDisabled_isRefusedAndLeavesTheDatabaseAlone() {
        RdsInstance orders = managedSecret(RotationPolicy.every(Duration.ofDays(7)));
        String keyId = String.valueOf(secrets.describe("db").encryptionKeyId());
        Secret before = secrets.describe("db");
        keys.disable(keyId);

        assertError(() -> secrets.rotate("db", "v2"), 409, "Rejected.Disabled");

        assertThat(secrets.describe("db")).isEqualTo(before);
        assertThat(orders.acceptsLogin("orders", "First-pass-1")).isTrue();
    }

    @Test
    void automaticRotation_keyDisabled_failsAndSucceedsAfterwards() {
        RdsInstance orders = managedSecret(RotationPolicy.every(Duration.ofDays(7)));
        String keyId = String.valueOf(secrets.describe("db").encryptionKeyId());
        keys.disable(keyId);

        clock.advance(Duration.ofDays(7));

        assertThat(secrets.describe("db").versions()).hasSize(1);
        assertThat(orders.acceptsLogin("orders", "First-pass-1")).isTrue();

        keys.enable(keyId);
        secrets.rotate("db", "v2").join();
        assertThat(orders.acceptsLogin("orders", "Rotated-pass-1")).isTrue();
    }

    private RdsInstance managedSecret(RotationPolicy rotation) {
        RdsInstance instance = rds.add("rm-1", RdsEngine.POSTGRESQL);
        instance.createAccount("orders", "First-pass-1");
        secrets.create(new NewSecret(
                "db",
                "v1",
                new NewSecret.Managed(
                        new Management(
                                new RdsAccounts(RotationStrategy.SINGLE_ACCOUNT, "rm-1", List.of("orders")),
                                CustomData.NONE,
                                rotation),
                        List.of(new SecretValue.Account("orders", "First-pass-1"))),
                "",
                key(null).keyId(),
                null,
                Tags.NONE,
                null));
        return instance;
    }

    private KmsKey key(String dkmsInstanceId) {
        return keys.create(new NewKey(
                KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", dkmsInstanceId, Tags.NONE));
    }

    private Secret create(String name, String keyId, String dkmsInstanceId) {
        return secrets.create(new NewSecret(
                name,
                "v1",
                new NewSecret.Generic(new SecretValue.Text("x")),
                "",
                keyId,
                dkmsInstanceId,
                Tags.NONE,
                null));
    }

    private Secrets.StagedVersion put(String versionId) {
        return secrets.putValue("a", versionId, new SecretValue.Text("x"), List.of());
    }

    private String current(String name) {
        return ((SecretValue.Text) secrets.getValue(name, null, null).version().value()).text();
    }

    private static void assertError(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KmsError.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.status()).isEqualTo(status);
        });
    }
}
