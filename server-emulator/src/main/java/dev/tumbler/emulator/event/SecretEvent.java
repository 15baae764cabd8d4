package dev.tumbler.emulator.event;

import java.time.Instant;

/**
 * Something that happened to a secret.
 *
 * <p>Source: KMS user guide, Alert events (rotation and deletion). The others are the emulator's own.
 */
public sealed interface SecretEvent {
    /** A UUID of its own. */
    String id();

    /** When, by the emulator's clock. */
    Instant time();

    /** The secret, as it was then. */
    EventSubject secret();

    /** CreateSecret succeeded. */
    record Created(String id, Instant time, EventSubject secret) implements SecretEvent {}

    /**
     * DeleteSecret began a recovery window.
     *
     * @param deleteTime when the window ends
     */
    record DeletionScheduled(String id, Instant time, EventSubject secret, Instant deleteTime) implements SecretEvent {}

    /** RestoreSecret ended a recovery window. */
    record Restored(String id, Instant time, EventSubject secret) implements SecretEvent {}

    /** It is gone: its window has ended, or it was deleted at once. */
    record Deleted(String id, Instant time, EventSubject secret) implements SecretEvent {}

    /**
     * A rotation has begun, asked for or due.
     *
     * @param versionId the version that it makes
     */
    record RotationStarted(String id, Instant time, EventSubject secret, String versionId) implements SecretEvent {}

    /**
     * The version is current, and the database lets it in.
     *
     * @param versionId the version that it made
     */
    record RotationSucceeded(String id, Instant time, EventSubject secret, String versionId) implements SecretEvent {}

    /**
     * The rotation has ended and made no version.
     *
     * @param versionId the version that it should have made
     * @param errorCode as RotateSecret answers it, such as {@code InternalFailure}
     * @param errorMessage says what was wrong; never a password
     */
    record RotationFailed(
            String id, Instant time, EventSubject secret, String versionId, String errorCode, String errorMessage)
            implements SecretEvent {}
}
