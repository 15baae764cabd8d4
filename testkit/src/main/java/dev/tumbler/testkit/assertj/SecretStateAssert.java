package dev.tumbler.testkit.assertj;

import dev.tumbler.emulator.secret.SecretState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about what a secret is at one moment of the emulator's clock. */
public final class SecretStateAssert extends AbstractAssert<SecretStateAssert, SecretState> {
    SecretStateAssert(@Nullable SecretState actual) {
        super(actual, SecretStateAssert.class);
    }

    /** The version at {@code ACSCurrent} is this one. */
    public SecretStateAssert hasCurrentVersion(String versionId) {
        isNotNull();
        Optional<String> current = actual.currentVersionId();
        if (!current.equals(Optional.of(versionId))) {
            failWithMessage(
                    "Expected version \"%s\" of \"%s\" to be current, but %s is. Its versions: %s",
                    versionId, actual.name(), current.map(id -> '"' + id + '"').orElse("none"), versions());
        }
        return this;
    }

    /** So many rotations have made a version since the emulator was started, by schedule or on request. */
    public SecretStateAssert wasRotated(int times) {
        isNotNull();
        if (actual.rotations() != times) {
            failWithMessage(
                    "Expected \"%s\" to have been rotated %s, but it was %s. Its last rotation: %s; its versions: %s",
                    actual.name(), times(times), times(actual.rotations()), orNone(actual.lastRotation()), versions());
        }
        return this;
    }

    /** The last rotation is no longer ago than this. */
    public SecretStateAssert rotatedWithin(Duration time) {
        isNotNull();
        Instant last = actual.lastRotation();
        if (last == null || last.isBefore(actual.time().minus(time))) {
            failWithMessage(
                    "Expected \"%s\" to have been rotated within %s, but at %s its last rotation is %s",
                    actual.name(), time, actual.time(), last == null ? "none" : ago(last));
        }
        return this;
    }

    /** The next automatic rotation is due in exactly this time; that of a clock that follows the system's varies a little. */
    public SecretStateAssert hasNextRotationIn(Duration time) {
        isNotNull();
        Instant next = actual.nextRotation();
        if (next == null || !next.equals(actual.time().plus(time))) {
            failWithMessage(
                    "Expected the next rotation of \"%s\" in %s, but %s",
                    actual.name(),
                    time,
                    next == null
                            ? "it does not rotate by itself"
                            : "it is due in " + Duration.between(actual.time(), next) + ", at " + next);
        }
        return this;
    }

    /** It does not rotate by itself. */
    public SecretStateAssert hasNoNextRotation() {
        isNotNull();
        if (actual.nextRotation() != null) {
            failWithMessage(
                    "Expected \"%s\" not to rotate by itself, but it does at %s", actual.name(), actual.nextRotation());
        }
        return this;
    }

    private String ago(Instant instant) {
        return Duration.between(instant, actual.time()) + " ago, at " + instant;
    }

    private static String orNone(@Nullable Instant instant) {
        return instant == null ? "none" : instant.toString();
    }

    private static String times(int times) {
        return times == 1 ? "once" : times + " times";
    }

    private String versions() {
        return actual.versions().stream()
                .map(version -> version.versionId() + version.stages())
                .toList()
                .toString();
    }
}
