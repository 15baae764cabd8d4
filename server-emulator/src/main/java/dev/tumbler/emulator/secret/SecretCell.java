package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.AccountUser;
import dev.tumbler.emulator.time.VirtualClock.Scheduled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where one secret's state lives. Readers take no lock. Whoever changes anything holds the cell's monitor, for as long
 * as it takes to make the new state and never while waiting for a database.
 */
final class SecretCell implements AccountUser {
    private final String region;
    private volatile Secret secret;

    // The rest is guarded by the monitor.
    private boolean gone;
    private @Nullable RunningRotation running;
    private @Nullable Scheduled nextRotation;
    private @Nullable Scheduled promotion;
    private @Nullable Scheduled purge;

    SecretCell(Secret secret, String region) {
        this.secret = secret;
        this.region = region;
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
        secret = change.apply(secret);
        return secret;
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Later changes find the secret gone. */
    synchronized void end() {
        gone = true;
        setNextRotation(null);
        setPromotion(null);
        setPurge(null);
    }

    synchronized @Nullable RunningRotation running() {
        return running;
    }

    synchronized void setRunning(@Nullable RunningRotation rotation) {
        running = rotation;
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
