package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.event.EventSubject;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Instant;
import java.util.UUID;

/** Publishes what happens to the secrets of one region. */
final class SecretHistory {
    private final String region;
    private final String accountId;
    private final VirtualClock clock;
    private final EventBus events;

    SecretHistory(String region, String accountId, VirtualClock clock, EventBus events) {
        this.region = region;
        this.accountId = accountId;
        this.clock = clock;
        this.events = events;
    }

    /** The ARN of the secret of this name. */
    String arn(String secretName) {
        return "acs:kms:" + region + ":" + accountId + ":secret/" + secretName;
    }

    void created(Secret secret) {
        events.publish(new SecretEvent.Created(id(), clock.now(), subject(secret)));
    }

    void deletionScheduled(Secret secret, Instant deleteTime) {
        events.publish(new SecretEvent.DeletionScheduled(id(), clock.now(), subject(secret), deleteTime));
    }

    void restored(Secret secret) {
        events.publish(new SecretEvent.Restored(id(), clock.now(), subject(secret)));
    }

    void deleted(Secret secret) {
        events.publish(new SecretEvent.Deleted(id(), clock.now(), subject(secret)));
    }

    void rotationStarted(Secret secret, String versionId) {
        events.publish(new SecretEvent.RotationStarted(id(), clock.now(), subject(secret), versionId));
    }

    void rotationSucceeded(Secret secret, String versionId) {
        events.publish(new SecretEvent.RotationSucceeded(id(), clock.now(), subject(secret), versionId));
    }

    void rotationFailed(Secret secret, String versionId, String errorCode, String errorMessage) {
        events.publish(
                new SecretEvent.RotationFailed(id(), clock.now(), subject(secret), versionId, errorCode, errorMessage));
    }

    private EventSubject subject(Secret secret) {
        Management management = secret.management();
        return new EventSubject(
                region,
                accountId,
                secret.name(),
                arn(secret.name()),
                secret.type().wireName(),
                management == null ? null : management.resource().secretSubType(),
                management == null
                        ? null
                        : management.rotation().automaticRotation().wireName(),
                management != null && management.resource() instanceof RdsAccounts rds ? rds.dbInstanceId() : null);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
