package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.AccountUser;
import dev.tumbler.emulator.time.VirtualClock.Scheduled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where one secret's state lives. Readers take no lock. Whoever changes anything holds the cell's monitor, for as long
 * as it takes to make the new state and to store it, and never while waiting for an RDS instance. What is not stored has
 * not happened.
 */
final class SecretCell implements AccountUser {
    private final String region;
    private final SecretStore store;
    private volatile Secret secret;

    // The rest is guarded by the monitor.
    private boolean gone;
    private int rotations;
    private @Nullable RunningRotation running;
    private @Nullable PendingRotation pending;
    private @Nullable Scheduled nextRotation;
    private @Nullable Scheduled promotion;
    private @Nullable Scheduled purge;

    /** A secret that is stored already, or is about to be with {@link #save}. */
    SecretCell(StoredSecret stored, String region, SecretStore store) {
        this.secret = stored.secret();
        this.pending = stored.pending();
        this.running = pending == null ? null : new RunningRotation(pending.versionId(), new CompletableFuture<>());
        this.region = region;
        this.store = store;
    }

    Secret secret() {
        return secret;
    }

    /** Swaps the state for what {@code change} makes of it, and answers the new one. */
    synchronized Secret change(UnaryOperator<Secret> change) {
        if (gone) {
            // Deleted after the caller found the cell.
            throw KmsError.resourceNotFound("");
        }
        Secret changed = change.apply(secret);
        if (!changed.equals(secret)) {
            keep(changed, pending);
        }
        return changed;
    }

    /** Stores it as it is, unless it is gone already. */
    synchronized void save() {
        if (!gone) {
            store.save(region, new StoredSecret(secret, pending));
        }
    }

    /** What a rotation is about to do, before it does. */
    synchronized void begin(PendingRotation rotation, RunningRotation run) {
        keep(secret, rotation);
        running = run;
    }

    /** One more rotation has made a version. */
    synchronized void countRotation() {
        rotations++;
    }

    /** What can be told of it without its values. */
    synchronized SecretState state(Instant now) {
        return SecretState.of(secret, rotations, now);
    }

    /** The rotation that was begun has ended, and made this of the secret. */
    synchronized Secret endRotation(UnaryOperator<Secret> change) {
        running = null;
        keep(change.apply(secret), null);
        return secret;
    }

    private void keep(Secret changed, @Nullable PendingRotation rotation) {
        store.save(region, new StoredSecret(changed, rotation));
        secret = changed;
        pending = rotation;
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Later changes find the secret gone. */
    synchronized void end() {
        store.remove(region, secret.name());
        gone = true;
        setNextRotation(null);
        setPromotion(null);
        setPurge(null);
    }

    synchronized @Nullable RunningRotation running() {
        return running;
    }

    /** What has begun and not ended. */
    synchronized @Nullable PendingRotation pending() {
        return pending;
    }

    /** Replaces what the clock has been asked to do. */
    synchronized void setNextRotation(@Nullable Scheduled scheduled) {
        nextRotation = replace(nextRotation, scheduled);
    }

    synchronized void setPromotion(@Nullable Scheduled scheduled) {
        promotion = replace(promotion, scheduled);
    }

    synchronized void setPurge(@Nullable Scheduled scheduled) {
        purge = replace(purge, scheduled);
    }

    private static @Nullable Scheduled replace(@Nullable Scheduled former, @Nullable Scheduled scheduled) {
        if (former != null) {
            former.cancel();
        }
        return scheduled;
    }

    @Override
    public String userName() {
        return "\"" + secret.name() + "\" in " + region;
    }

    @Override
    public boolean usesAccounts() {
        return secret.plannedDeleteTime() == null;
    }

    @Override
    public String brokenBy(String accountName) {
        Secret now = secret;
        for (String stage : List.of(VersionStage.CURRENT, VersionStage.PREVIOUS)) {
            Optional<SecretVersion> version = now.staged(stage);
            if (version.isPresent()
                    && version.get().value() instanceof SecretValue.Account account
                    && account.accountName().equals(accountName)) {
                return stage + " version " + version.get().versionId();
            }
        }
        return "";
    }

    /** A rotation that has begun and not ended; {@code done} when the database has the new password. */
    record RunningRotation(String versionId, CompletableFuture<Secret> done) {}
}
