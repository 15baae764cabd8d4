package dev.tumbler.testkit.drill;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.AutomaticRotation;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RotationState;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The secret that rotates, and the drill's own access to it, by a key of its own: so the journal can tell its calls. */
final class DrillTarget implements AutoCloseable {
    /** The shortest time between two automatic rotations. Source: KMS API reference, CreateSecret, RotationInterval. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofHours(6);

    private final KmsEmulator kms;
    private final String secretName;
    private final AccessKey key;
    private final SecretsClient client;
    private final JsonObject extendedConfig;
    private final Set<String> versions = new HashSet<>();
    private final Set<String> passwords = new HashSet<>();

    DrillTarget(KmsEmulator kms, String secretName) {
        this.kms = kms;
        this.secretName = secretName;
        this.key = kms.createAccessKey();
        this.client = SecretsClient.builder()
                .region(kms.region())
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .retry(RetryPolicy.none())
                .build();
        try {
            DescribeSecretResult secret = client.describeSecret(secretName);
            if (secret.extendedConfig().isEmpty()) {
                throw new IllegalArgumentException(
                        "A drill rotates RDS secrets; \"" + secretName + "\" is of the type " + secret.secretType());
            }
            this.extendedConfig =
                    JsonParser.parseString(secret.extendedConfig().get()).getAsJsonObject();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    KmsEmulator kms() {
        return kms;
    }

    String secretName() {
        return secretName;
    }

    String accessKeyId() {
        return key.id();
    }

    SecretsClient client() {
        return client;
    }

    /** The instance whose accounts the secret manages, if it is there. */
    Optional<RdsInstance> database() {
        return kms.rds().find(extendedConfig.get("DBInstanceId").getAsString());
    }

    /** How long the current version does not log in when the secret rotates. */
    Duration window() {
        boolean singleAccount =
                "SingleUser".equals(extendedConfig.get("SecretSubType").getAsString());
        return singleAccount ? kms.singleAccountWindow() : Duration.ZERO;
    }

    /**
     * Has the secret rotate: at its time, if it does so by itself, or else six hours later. Within a window, it has begun
     * when this returns.
     */
    void rotate() {
        RotationState rotation = client.describeSecret(secretName).rotation();
        Optional<Instant> next = rotation.nextRotationDate();
        if (rotatesByItself(rotation) && next.isPresent()) {
            // Dates in answers are cut to seconds.
            Instant due = next.get().plusSeconds(1);
            kms.clock().advanceTo(latest(due, kms.clock().now()));
        } else {
            kms.clock().advance(SHORTEST_INTERVAL);
            client.rotateSecret(secretName, UUID.randomUUID().toString());
        }
    }

    /** Lets as much time pass as can, without a rotation. */
    void settle() {
        RotationState rotation = client.describeSecret(secretName).rotation();
        Optional<Instant> next = rotation.nextRotationDate();
        if (rotatesByItself(rotation) && next.isPresent()) {
            Duration left = Duration.between(kms.clock().now(), next.get());
            kms.clock().advance(left.isNegative() ? Duration.ZERO : left.dividedBy(2));
        } else {
            kms.clock().advance(SHORTEST_INTERVAL);
        }
    }

    /** Remembers the version that is current, and its password, which no report may show. */
    boolean noteCurrentVersion() {
        GetSecretValueResult current = client.getSecretValue(secretName);
        passwords.add(current.asRdsCredentials().accountPassword());
        return versions.add(current.versionId());
    }

    /** @throws IllegalStateException if the last rotation made none */
    void requireNewVersion(String rotation) {
        if (!noteCurrentVersion()) {
            throw new IllegalStateException("The secret \"" + secretName + "\" has no new version after " + rotation
                    + ": it has failed, and the log of the emulator says why");
        }
    }

    /** Hides the passwords of the secret in a text. */
    UnaryOperator<String> mask() {
        Set<String> known = Set.copyOf(passwords);
        return text -> {
            String masked = text;
            for (String password : known) {
                masked = masked.replace(password, "********");
            }
            return masked;
        };
    }

    private static boolean rotatesByItself(RotationState rotation) {
        return rotation.automaticRotation()
                .filter(AutomaticRotation.ENABLED::equals)
                .isPresent();
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    @Override
    public void close() {
        client.close();
        kms.accessKeys().delete(key.id());
    }
}
