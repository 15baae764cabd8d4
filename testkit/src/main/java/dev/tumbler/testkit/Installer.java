package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamUser;
import dev.tumbler.emulator.rds.PasswordGenerator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes fixtures, each once: several classes that share an emulator may say the same, and may not say different things of
 * one name. Thread-safe.
 */
final class Installer {
    private final KmsEmulator emulator;
    private final Map<String, Fixture> installed = new HashMap<>();

    /** The keys that have made fixtures. */
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    Installer(KmsEmulator emulator) {
        this.emulator = emulator;
    }

    synchronized void install(List<Fixture> fixtures) {
        if (installed.values().containsAll(fixtures)) {
            return;
        }
        AccessKey key = emulator.createAccessKey();
        keys.add(key.id());
        try (SecretsClient client = KmsTestbed.clientOf(emulator, key)) {
            fixtures.forEach(fixture -> install(fixture, client));
        } finally {
            emulator.accessKeys().delete(key.id());
            // What a test asks of the journal is about the test.
            emulator.journal().forget(key.id());
        }
    }

    /** Whether what this key signed was not a test's doing. */
    boolean signsWith(@Nullable String accessKeyId) {
        return accessKeyId != null && keys.contains(accessKeyId);
    }

    private void install(Fixture fixture, SecretsClient client) {
        Fixture former = installed.get(name(fixture));
        if (former == null) {
            make(fixture, client);
            installed.put(name(fixture), fixture);
        } else if (!former.equals(fixture)) {
            throw new IllegalArgumentException("There are two different fixtures of " + name(fixture));
        }
    }

    private static String name(Fixture fixture) {
        if (fixture instanceof Fixture.Clock) {
            return "the clock";
        }
        if (fixture instanceof Fixture.Instance instance) {
            return "the instance \"" + instance.id() + "\"";
        }
        if (fixture instanceof Fixture.Generic secret) {
            return "the secret \"" + secret.name() + "\"";
        }
        return fixture instanceof Fixture.Rds secret
                ? "the secret \"" + secret.name() + "\""
                : "the access key \"" + ((Fixture.Key) fixture).id() + "\"";
    }

    private void make(Fixture fixture, SecretsClient client) {
        if (fixture instanceof Fixture.Instance instance) {
            emulator.rds().add(instance.id(), instance.engine());
        } else if (fixture instanceof Fixture.Generic secret) {
            client.createSecret(r ->
                    r.secretName(secret.name()).versionId(secret.versionId()).secretData(secret.value()));
        } else if (fixture instanceof Fixture.Rds secret) {
            make(secret, client);
        } else if (fixture instanceof Fixture.Key key) {
            make(key);
        } else if (fixture instanceof Fixture.Clock clock && !emulator.clock().isFrozen()) {
            throw new IllegalArgumentException("The clock cannot be frozen at " + clock.instant()
                    + " any more: this emulator is shared, and runs already");
        }
    }

    private void make(Fixture.Rds secret, SecretsClient client) {
        RdsInstance instance = emulator.rds()
                .find(secret.dbInstanceId())
                .orElseGet(() -> emulator.rds().add(secret.dbInstanceId(), secret.engine()));
        if (instance.engine() != secret.engine()) {
            throw new IllegalArgumentException("@RdsSecret \"" + secret.name() + "\" names the instance \""
                    + secret.dbInstanceId() + "\", but with different engines: " + instance.engine() + " and "
                    + secret.engine());
        }
        RdsCredentials account = new RdsCredentials(secret.account(), new PasswordGenerator().generate());
        create(account, secret, instance);
        client.createSecret(r -> {
            r.secretName(secret.name()).versionId("v1");
            if (secret.strategy() == RotationStrategy.DUAL_ACCOUNT) {
                r.rdsDualAccount(secret.dbInstanceId(), account);
            } else {
                r.rdsSingleAccount(secret.dbInstanceId(), account);
            }
            if (secret.rotateEvery() != null) {
                r.enableAutomaticRotation(true).rotationInterval(secret.rotateEvery());
            }
        });
    }

    /** A real database may have the account already, of another test. */
    private void create(RdsCredentials account, Fixture.Rds secret, RdsInstance instance) {
        boolean taken = installed.values().stream()
                .anyMatch(other -> other instanceof Fixture.Rds rds
                        && rds.dbInstanceId().equals(secret.dbInstanceId())
                        && rds.account().equals(secret.account()));
        if (taken) {
            throw new IllegalArgumentException("Two secrets cannot have the account \"" + secret.account() + "\" on \""
                    + secret.dbInstanceId() + "\": give each an account or a dbInstanceId of its own");
        }
        if (instance.hasAccount(account.accountName())) {
            instance.resetPassword(account.accountName(), account.accountPassword());
        } else {
            instance.createAccount(account.accountName(), account.accountPassword());
        }
    }

    private void make(Fixture.Key key) {
        AccessKey accessKey = new AccessKey(key.id(), key.secret());
        if (key.policy().isEmpty()) {
            emulator.accessKeys().register(accessKey);
            return;
        }
        RamUser user = emulator.ram().user(key.user()).attachPolicy(key.policy());
        emulator.accessKeys().register(accessKey, user);
    }
}
