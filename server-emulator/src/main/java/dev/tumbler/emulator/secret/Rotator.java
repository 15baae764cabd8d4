package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.rds.RdsException;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationObstacle;
import dev.tumbler.emulator.rotation.RotationStep;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.SecretCell.RunningRotation;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates secrets: prepare (a new password), apply (to the database), test (a login with it), promote (the new version
 * is current). Only the first and the last change the secret, and neither waits for the database. Promotion follows at
 * once, or, where the password of the current version was changed, after a window.
 */
final class Rotator {
    private static final Logger log = LoggerFactory.getLogger(Rotator.class);

    private final VirtualClock clock;
    private final Keys keys;
    private final RdsInstances instances;
    private final Rotations rotations;
    private final SecretHistory history;
    private final AccountSharing sharing;

    Rotator(
            VirtualClock clock,
            Keys keys,
            RdsInstances instances,
            Rotations rotations,
            SecretHistory history,
            AccountSharing sharing) {
        this.clock = clock;
        this.keys = keys;
        this.instances = instances;
        this.rotations = rotations;
        this.history = history;
        this.sharing = sharing;
    }

    /** Rotates because somebody asked for it. */
    CompletableFuture<Secret> rotate(SecretCell cell, String versionId) {
        return rotate(cell, versionId, () -> rotations.quota().take(clock.now()));
    }

    /** @param admission refuses a rotation that would really begin */
    private CompletableFuture<Secret> rotate(SecretCell cell, String versionId, Runnable admission) {
        CompletableFuture<Secret> done = new CompletableFuture<>();
        Rotation rotation;
        synchronized (cell) {
            Secret secret = cell.change(Secrets::usable);
            RdsAccounts accounts = managed(secret, "RotateSecret").rotatable();
            if (secret.version(versionId).isPresent()) {
                return CompletableFuture.completedFuture(secret);
            }
            RunningRotation running = cell.running();
            if (running != null && running.versionId().equals(versionId)) {
                return running.done();
            }
            if (running != null) {
                throw KmsError.beingRotated();
            }
            admission.run();
            PendingRotation pending =
                    new PendingRotation(versionId, rotations.newPassword().get());
            rotation = new Rotation(secret, accounts, pending);
            cell.begin(pending, new RunningRotation(versionId, done));
            history.rotationStarted(secret, versionId);
        }
        start(cell, rotation, done);
        return done;
    }

    /** Goes on with the rotation that a process has not finished: with the same password, whatever it has done. */
    void resume(SecretCell cell) {
        Rotation rotation;
        CompletableFuture<Secret> done;
        synchronized (cell) {
            PendingRotation pending = cell.pending();
            RunningRotation running = cell.running();
            if (pending == null || running == null || cell.isGone()) {
                schedule(cell);
                return;
            }
            done = running.done();
            Secret secret = cell.secret();
            rotation = new Rotation(secret, managed(secret, "RotateSecret").rotatable(), pending);
        }
        log.info("Going on with the rotation of \"{}\" to version {}", rotation.secretName, rotation.versionId);
        start(cell, rotation, done);
    }

    private void start(SecretCell cell, Rotation rotation, CompletableFuture<Secret> done) {
        // What comes of it is in done.
        var unused = rotations
                .workers()
                .submit(rotation.accounts.dbInstanceId(), () -> apply(cell, rotation))
                .thenRun(() -> applied(cell, rotation, done))
                .exceptionally(failure -> {
                    fail(cell, rotation, failure, done);
                    return null;
                });
    }

    /** Has the clock rotate the secret when its policy says so, and not otherwise. */
    void schedule(SecretCell cell) {
        synchronized (cell) {
            Instant due = due(cell);
            cell.setNextRotation(due == null ? null : clock.schedule(due, () -> rotateDue(cell)));
        }
    }

    /**
     * As {@link #schedule}, but what is overdue is rotated at once: a frozen clock would not. The stage ends with that
     * rotation, however it ends; a failure shows in the secret.
     */
    CompletableFuture<Secret> catchUp(SecretCell cell) {
        synchronized (cell) {
            Instant due = due(cell);
            if (due == null || due.isAfter(clock.now())) {
                schedule(cell);
                return CompletableFuture.completedFuture(cell.secret());
            }
            cell.setNextRotation(null);
            return rotateDue(cell).handle((ignored, failure) -> cell.secret());
        }
    }

    private static @Nullable Instant due(SecretCell cell) {
        Secret secret = cell.secret();
        Management management = secret.management();
        boolean rotates = !cell.isGone()
                && secret.plannedDeleteTime() == null
                && management != null
                && management.rotation().automaticRotation() == AutomaticRotation.ENABLED;
        return rotates ? secret.nextRotation() : null;
    }

    private CompletableFuture<Secret> rotateDue(SecretCell cell) {
        synchronized (cell) {
            RunningRotation running = cell.running();
            if (running != null) {
                return running.done();
            }
            if (cell.isGone() || cell.secret().plannedDeleteTime() != null) {
                return CompletableFuture.completedFuture(cell.secret());
            }
            return rotate(cell, rotations.newVersionId().get(), () -> {});
        }
    }

    /** What makes the secret a managed one, or the error that {@code action} is for such only. */
    static Management managed(Secret secret, String action) {
        if (secret.management() == null) {
            throw KmsError.unsupportedOperation(action + " is for managed secrets; this one is generic.");
        }
        return secret.management();
    }

    private void apply(SecretCell cell, Rotation rotation) {
        instances.access().require();
        // Before the database has a password that could not be stored.
        keys.requireUsable(rotation.encryptionKeyId);
        String dbInstanceId = rotation.accounts.dbInstanceId();
        RdsInstance instance = instances
                .find(dbInstanceId)
                .orElseThrow(() -> new RdsException(
                        RdsException.Reason.UNAVAILABLE,
                        "the RDS instance " + dbInstanceId + " no longer exists",
                        null));
        Optional<RotationObstacle> obstacle = rotations.obstacles().apply(rotation.secretName);
        stopAt(obstacle.filter(found -> !found.afterChange()));
        rotation.reachesTheDatabase = true;
        change(instance, rotation);
        sharing.passwordChanged(cell, dbInstanceId, rotation.step.accountName());
        stopAt(obstacle);
        if (!isLetIn(instance, rotation)) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PASSWORD,
                    instance.location() + " refused the test login of account \"" + rotation.step.accountName()
                            + "\" with its new password",
                    null);
        }
    }

    /**
     * Gives the database the new password. One that did not answer may have it all the same: where an account changes in
     * place, so that nothing else would log in, a login with the new password tells.
     */
    private static void change(RdsInstance instance, Rotation rotation) {
        try {
            rotation.step.applyTo(instance, rotation.password);
        } catch (RdsException e) {
            if (!isUnanswered(e, rotation) || !isChanged(instance, rotation, e)) {
                throw e;
            }
            log.warn(
                    "{} did not answer when it was given a new password of account \"{}\", but has it",
                    instance.location(),
                    rotation.step.accountName(),
                    e);
        }
    }

    private static boolean isUnanswered(RdsException failure, Rotation rotation) {
        return rotation.isInPlace() && failure.reason() == RdsException.Reason.UNAVAILABLE;
    }

    private static boolean isChanged(RdsInstance instance, Rotation rotation, RdsException unanswered) {
        try {
            return instance.acceptsLogin(rotation.step.accountName(), rotation.password);
        } catch (RdsException e) {
            unanswered.addSuppressed(e);
            return false;
        }
    }

    /**
     * The test login. If a database goes down before it, what it has acknowledged counts where an account changes in place:
     * the password before is gone, and the new one is the only one to be read that can log in.
     */
    private static boolean isLetIn(RdsInstance instance, Rotation rotation) {
        try {
            return instance.acceptsLogin(rotation.step.accountName(), rotation.password);
        } catch (RdsException e) {
            if (!isUnanswered(e, rotation)) {
                throw e;
            }
            log.warn(
                    "{} has the new password of account \"{}\", but could not be asked to let it in; version {} of \"{}\" becomes"
                            + " current all the same, since the one before no longer logs in",
                    instance.location(),
                    rotation.step.accountName(),
                    rotation.versionId,
                    rotation.secretName,
                    e);
            return true;
        }
    }

    private static void stopAt(Optional<RotationObstacle> obstacle) {
        obstacle.ifPresent(found -> {
            throw new RdsException(RdsException.Reason.UNAVAILABLE, found.message(), null);
        });
    }

    /** The database has the new password. Within a window, the secret has the old one for a while. */
    private void applied(SecretCell cell, Rotation rotation, CompletableFuture<Secret> done) {
        Duration window = rotation.isInPlace() ? rotations.singleAccountWindow() : Duration.ZERO;
        if (window.isZero()) {
            done.complete(promote(cell, rotation));
            return;
        }
        Secret before;
        synchronized (cell) {
            before = cell.secret();
            if (!cell.isGone()) {
                Instant end = clock.now().plus(window);
                cell.setPromotion(
                        clock.schedule(end, () -> CompletableFuture.completedFuture(promote(cell, rotation))));
                log.info(
                        "The database has a new password of account \"{}\"; version {} of \"{}\" is current from {} on",
                        rotation.step.accountName(),
                        rotation.versionId,
                        rotation.secretName,
                        end);
            }
        }
        done.complete(before);
    }

    private Secret promote(SecretCell cell, Rotation rotation) {
        Secret after;
        synchronized (cell) {
            if (cell.isGone()) {
                return cell.secret();
            }
            SecretVersion version = new SecretVersion(rotation.versionId, rotation.value(), clock.now());
            try {
                after = cell.endRotation(secret -> secret.rotated(rotation.step, version));
                cell.countRotation();
                history.rotationSucceeded(after, rotation.versionId);
            } finally {
                schedule(cell);
            }
        }
        log.info(
                "Rotated \"{}\": account \"{}\" is current, version {}",
                rotation.secretName,
                rotation.step.accountName(),
                rotation.versionId);
        return after;
    }

    private void fail(SecretCell cell, Rotation rotation, Throwable failure, CompletableFuture<Secret> done) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String what = "rotation of \"" + rotation.secretName + "\" failed: " + cause.getMessage();
        KmsError error = cause instanceof KmsError known ? known : KmsError.internalFailure(what, cause);
        synchronized (cell) {
            try {
                if (!cell.isGone()) {
                    Secret after = cell.endRotation(Secret::rotationFailed);
                    history.rotationFailed(after, rotation.versionId, error.code(), what);
                }
            } catch (KmsError notStored) {
                error.addSuppressed(notStored);
            } finally {
                schedule(cell);
            }
        }
        log.warn("{}. {} {}", what, rotation.leftBehind(), advice(cause), cause);
        done.completeExceptionally(error);
    }

    private static String advice(Throwable cause) {
        if (cause instanceof KmsError) {
            return "Mend the encryption key of the secret, and rotate again.";
        }
        if (!(cause instanceof RdsException rds)) {
            return "This is a defect of the emulator; please report it.";
        }
        return switch (rds.reason()) {
            case ACCOUNT_NOT_FOUND -> "Recreate the account, or delete the secret and create it anew.";
            case PERMISSION_DENIED ->
                "Give the administrator of the instance the missing permission, and rotate again.";
            case UNAVAILABLE -> "Rotate again when the database can be reached.";
            default -> "Mend the cause, and rotate again.";
        };
    }

    /** What is to be done, and the new password, which is nobody's to see before it is promoted. */
    private static final class Rotation {
        private final String secretName;
        private final @Nullable String encryptionKeyId;
        private final String versionId;
        private final RdsAccounts accounts;
        private final RotationStep step;
        private final String password;

        /** Set before the database is asked to change anything, and read when that has ended. */
        private volatile boolean reachesTheDatabase;

        Rotation(Secret secret, RdsAccounts accounts, PendingRotation pending) {
            SecretVersion current = secret.staged(VersionStage.CURRENT).orElseThrow();
            this.secretName = secret.name();
            this.encryptionKeyId = secret.encryptionKeyId();
            this.versionId = pending.versionId();
            this.accounts = accounts;
            this.step = accounts.nextStep(((SecretValue.Account) current.value()).accountName());
            this.password = pending.password();
        }

        /** Whether it changes the password that applications log in with. */
        boolean isInPlace() {
            return accounts.strategy() == RotationStrategy.SINGLE_ACCOUNT;
        }

        /** What a failure means for who reads the secret. */
        String leftBehind() {
            return isInPlace() && reachesTheDatabase
                    ? "The current version may not log in any more, if the password was changed nevertheless."
                    : "The current version is still valid.";
        }

        SecretValue value() {
            return new SecretValue.Account(step.accountName(), password);
        }
    }
}
