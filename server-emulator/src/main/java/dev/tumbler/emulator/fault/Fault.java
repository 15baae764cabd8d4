package dev.tumbler.emulator.fault;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationObstacle;
import java.time.Duration;

/** What a caller gets in place of, or together with, the answer. Immutable. */
public sealed interface Fault {
    /** The service refuses, and does nothing. */
    record Refusal(KmsError error) implements Fault {}

    /**
     * The service does what it was asked, and something happens to the answer.
     *
     * @param delay how long it is held back, in real time
     * @param form what of it arrives
     */
    record BrokenAnswer(Duration delay, Form form) implements Fault {}

    /** The call is answered as ever, but the rotation fails, one that is due as well as one that is asked for. */
    record FailedRotation(RotationObstacle obstacle) implements Fault {}

    /** What arrives of an answer. */
    enum Form {
        /** All of it. */
        WHOLE,
        /** The head and half of the body; then the connection ends. */
        TORN,
        /** Bytes that are no HTTP; then the connection ends. */
        GARBAGE,
        /** Nothing: the connection ends. */
        NOTHING,
        /** Nothing: the connection is reset. */
        RESET
    }

    /** 429 {@code Rejected.Throttling}. Source: KMS, performance data. */
    static Fault throttled() {
        return error(429, "Rejected.Throttling", "QPS Limit Exceeded");
    }

    /** 503 {@code ServiceUnavailableTemporary}. Source: KMS API reference, common errors. */
    static Fault unavailable() {
        return error(503, "ServiceUnavailableTemporary", "Service Unavailable Temporary.");
    }

    /** 500 {@code InternalFailure}. Source: KMS API reference, common errors. */
    static Fault internalFailure() {
        return new Refusal(KmsError.internalFailure("", null));
    }

    /** 403 {@code Forbidden.NoPermission}. Source: KMS API reference, common errors. */
    static Fault accessDenied() {
        return error(403, "Forbidden.NoPermission", "This operation is forbidden by permission system.");
    }

    /**
     * 400 {@code InvalidTimeStamp.Expired}: the clock of the caller is said to be wrong. Clients that correct theirs by the
     * answer's {@code Date} get through with {@code times(1)}, the others do not.
     */
    static Fault clockSkew() {
        return new Refusal(KmsError.timestampExpired("A fault rule says that the caller's clock is wrong."));
    }

    /**
     * The database of the secret cannot be reached: rotations fail, asked for or due, and nothing changes. For rules on
     * {@code ROTATE_SECRET}.
     */
    static Fault databaseDown() {
        return new FailedRotation(new RotationObstacle(false, "a fault rule says that the database is down"));
    }

    /**
     * The database takes the new password, and cannot be reached any more: rotations fail all the same, asked for or due.
     * The password of a single account is then one that no version has, until the next rotation. For rules on {@code
     * ROTATE_SECRET}.
     */
    static Fault databaseLost() {
        return new FailedRotation(
                new RotationObstacle(true, "a fault rule says that the database was lost after it took the password"));
    }

    /** 400 {@code InvalidSecurityToken.Expired}: the session is over. The code is <em>assumed</em>. */
    static Fault expiredToken() {
        return error(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    /**
     * Any error.
     *
     * @param status the HTTP status, 400 to 599
     * @param code such as {@code Forbidden.InDebt}
     * @throws IllegalArgumentException if the status is none of an error
     */
    static Fault error(int status, String code, String message) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is from 400 to 599: " + status);
        }
        return new Refusal(KmsError.of(status, code, message));
    }

    /**
     * The answer is held back, in real time.
     *
     * @throws IllegalArgumentException if {@code by} is negative
     */
    static Fault delayed(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("An answer cannot be early: " + by);
        }
        return new BrokenAnswer(by, Form.WHOLE);
    }

    /** The head and half of the body arrive; then the connection ends. */
    static Fault tornAnswer() {
        return broken(Form.TORN);
    }

    /** Bytes arrive that are no HTTP; then the connection ends. */
    static Fault garbage() {
        return broken(Form.GARBAGE);
    }

    /** The connection ends without an answer. */
    static Fault noAnswer() {
        return broken(Form.NOTHING);
    }

    /** The connection is reset in place of an answer. */
    static Fault connectionReset() {
        return broken(Form.RESET);
    }

    private static Fault broken(Form form) {
        return new BrokenAnswer(Duration.ZERO, form);
    }
}
