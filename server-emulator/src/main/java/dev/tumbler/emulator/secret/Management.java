package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStep;
import java.time.Instant;

/**
 * What makes a secret a managed one.
 *
 * @param resource what it holds the credentials of
 * @param customData what users added
 * @param rotation when it rotates
 */
public record Management(ManagedResource resource, CustomData customData, RotationPolicy rotation) {
    public Management {
        if (rotation.interval() != null) {
            rotatable(resource);
        }
    }

    /**
     * The accounts that a rotation changes.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} if rotation of this type is not emulated
     */
    RdsAccounts rotatable() {
        return rotatable(resource);
    }

    Management with(RotationPolicy newRotation) {
        return new Management(resource, customData, newRotation);
    }

    Management with(CustomData newCustomData) {
        return new Management(resource, newCustomData, rotation);
    }

    Management rotated(RotationStep step, Instant instant) {
        return new Management(rotatable().after(step), customData, rotation.rotatedAt(instant));
    }

    Management rotationFailed() {
        return with(rotation.failed());
    }

    private static RdsAccounts rotatable(ManagedResource resource) {
        if (resource instanceof RdsAccounts accounts) {
            return accounts;
        }
        throw KmsError.unsupportedOperation("The rotation of " + resource.type().wireName()
                + " secrets is not emulated yet; that of Rds secrets is.");
    }
}
