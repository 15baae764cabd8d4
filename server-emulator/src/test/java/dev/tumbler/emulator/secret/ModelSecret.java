package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rotation.AutomaticRotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the rules make of one secret: its versions and stages, its dates, and the account that is next. */
final class ModelSecret {
    final Kind kind;

    /** The instance of its accounts; of no meaning for a generic one. */
    final String dbInstanceId;

    final Instant created;

    /** Oldest first. */
    final List<Version> versions = new ArrayList<>();

    final Map<String, Version> stages = new HashMap<>();

    /** The accounts that it has used, the first one first. */
    final List<String> accounts = new ArrayList<>();

    @Nullable
    Duration interval;

    @Nullable
    Instant lastRotation;

    @Nullable
    Instant deleteTime;

    boolean invalid;

    /** What the database has already and nobody can read yet; promoted at {@link #promotion}. */
    @Nullable
    Version pending;

    @Nullable
    Instant promotion;

    ModelSecret(Kind kind, String dbInstanceId, Instant created, String versionId, String content) {
        this.kind = kind;
        this.dbInstanceId = dbInstanceId;
        this.created = created;
        Version first = new Version(versionId, content);
        versions.add(first);
        stages.put(VersionStage.CURRENT, first);
        if (kind != Kind.GENERIC) {
            accounts.add(content);
        }
    }

    Version current() {
        return stages.get(VersionStage.CURRENT);
    }

    Optional<Version> version(String versionId) {
        return versions.stream()
                .filter(version -> versionId.equals(version.id()))
                .findFirst();
    }

    /** A version takes stages from whichever have them; at most ten are kept, of those without a stage the newest. */
    void add(Version version, Collection<String> labels) {
        new TreeSet<>(labels).forEach(label -> move(label, version));
        versions.add(version);
        if (versions.size() > 10) {
            versions.remove(versions.stream()
                    .filter(candidate -> !stages.containsValue(candidate))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** Where the current version changes, the one that was becomes the previous one. */
    void move(String stage, Version to) {
        Version holder = stages.put(stage, to);
        if (stage.equals(VersionStage.CURRENT) && holder != null && holder != to) {
            stages.put(VersionStage.PREVIOUS, holder);
        }
    }

    /** The account that the next rotation gives a password. */
    String nextAccount() {
        String current = current().content();
        if (kind == Kind.SINGLE) {
            return current;
        }
        return accounts.stream()
                .filter(account -> !account.equals(current))
                .findFirst()
                .orElse(current + "_clone");
    }

    void rotated(Version version, Instant now) {
        add(version, List.of(VersionStage.CURRENT));
        if (!accounts.contains(version.content())) {
            accounts.add(version.content());
        }
        lastRotation = now;
        invalid = false;
        pending = null;
        promotion = null;
    }

    void rotationFailed() {
        invalid = interval != null;
        pending = null;
        promotion = null;
    }

    @Nullable
    Instant nextRotation() {
        return interval == null ? null : (lastRotation == null ? created : lastRotation).plus(interval);
    }

    /** When it rotates by itself next, if it does. */
    @Nullable
    Instant due() {
        return invalid || deleteTime != null || pending != null ? null : nextRotation();
    }

    AutomaticRotation automaticRotation() {
        if (interval == null) {
            return AutomaticRotation.DISABLED;
        }
        return invalid ? AutomaticRotation.INVALID : AutomaticRotation.ENABLED;
    }

    enum Kind {
        GENERIC,
        SINGLE,
        /** Two accounts, of which one exists at first. */
        DUAL,
        /** Two accounts that exist. */
        PAIR
    }

    /**
     * A version; each is itself and no other. Its content is the text of a generic secret, or the account of a managed one;
     * its id is null if the service chose it.
     */
    static final class Version {
        private final @Nullable String id;
        private final String content;

        Version(@Nullable String id, String content) {
            this.id = id;
            this.content = content;
        }

        @Nullable
        String id() {
            return id;
        }

        String content() {
            return content;
        }
    }
}
