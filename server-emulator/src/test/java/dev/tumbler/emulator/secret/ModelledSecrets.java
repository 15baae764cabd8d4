package dev.tumbler.emulator.secret;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.ModelSecret.Kind;
import dev.tumbler.emulator.secret.ModelSecret.Version;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * Secrets, and a model of what the rules make of them: each operation is done to both, and must end as the model says. Two
 * databases, one password after the other, and a clock that stands still in between.
 */
final class ModelledSecrets implements AutoCloseable {
    /** The first is that of the generic secret, if there is one. */
    static final List<String> NAMES = List.of("mail", "red", "green", "blue");

    static final List<String> DATABASES = List.of("rm-1", "rm-2");
    private static final Set<String> BUILT_IN = Set.of(VersionStage.CURRENT, VersionStage.PREVIOUS);

    private final RotationWorkers workers = new RotationWorkers();
    private final RdsInstances instances = new RdsInstances();
    private final Map<String, Database> databases = Map.of("rm-1", new Database(), "rm-2", new Database());
    private final Kept kept = new Kept();
    private final Duration window;
    private VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
    private Secrets secrets;

    /** All passwords that there were differ. */
    private int passwords;

    // The model.
    private final Map<String, ModelSecret> model = new TreeMap<>();

    /** The accounts that there are, and the version whose password each has; null for a password of somebody else. */
    private final Map<String, @Nullable Version> accounts = new HashMap<>();

    private Instant now = clock.now();

    ModelledSecrets(Duration window) {
        this.window = window;
        databases.forEach((id, database) -> instances.attachWithoutProbe(id, database.instance));
        this.secrets = start();
    }

    private Secrets start() {
        Rotations rotations = Rotations.by(workers, this::newPassword).withSingleAccountWindow(window);
        Keys keys = new Keys("cn-hangzhou", "1234567890123456", clock, new KmsInstances(clock, List.of("cn-hangzhou")));
        return new Secrets("cn-hangzhou", "1234567890123456", clock, keys, instances, rotations, new EventBus(), kept);
    }

    private synchronized String newPassword() {
        return "Some-pass-" + ++passwords;
    }

    @Override
    public void close() {
        workers.close();
    }

    // What users do.

    /**
     * Creates a secret, whose accounts are there if the database is.
     *
     * @param right whether the password is that of the account
     */
    void create(String name, Kind kind, String dbInstanceId, @Nullable Duration interval, boolean right) {
        ModelSecret existing = model.get(name);
        if (existing != null) {
            expect(
                    existing.deleteTime == null ? "Rejected.ResourceExist" : "Rejected.ResourceInDeleteWindow",
                    () -> secrets.create(request(name, kind, dbInstanceId, interval, "unused")));
            return;
        }
        String password = newPassword();
        String content = kind == Kind.GENERIC ? password : name;
        ModelSecret secret = new ModelSecret(kind, dbInstanceId, now, "v0", content);
        if (kind != Kind.GENERIC) {
            secret.interval = interval;
            haveAccount(dbInstanceId, name, right ? secret.current() : null, right ? password : newPassword());
        }
        if (kind == Kind.PAIR) {
            secret.accounts.add(name + "_b");
            haveAccount(dbInstanceId, name + "_b", null, newPassword());
        }
        expect(null, () -> secrets.create(request(name, kind, dbInstanceId, interval, password)));
        model.put(name, secret);
    }

    private void haveAccount(String dbInstanceId, String account, @Nullable Version holder, String password) {
        InMemoryRdsInstance database = databases.get(dbInstanceId).instance.memory;
        if (!database.isRunning()) {
            return;
        }
        if (database.hasAccount(account)) {
            database.resetPassword(account, password);
        } else {
            database.createAccount(account, password);
        }
        accounts.put(dbInstanceId + "/" + account, holder);
    }

    private static NewSecret request(
            String name, Kind kind, String dbInstanceId, @Nullable Duration interval, String password) {
        return new NewSecret(
                name, "v0", content(name, kind, dbInstanceId, interval, password), "", null, null, Tags.NONE, null);
    }

    private static NewSecret.Content content(
            String name, Kind kind, String dbInstanceId, @Nullable Duration interval, String password) {
        if (kind == Kind.GENERIC) {
            return new NewSecret.Generic(new SecretValue.Text(password));
        }
        List<String> names = kind == Kind.PAIR ? List.of(name, name + "_b") : List.of(name);
        return new NewSecret.Managed(
                new Management(
                        new RdsAccounts(
                                kind == Kind.SINGLE ? RotationStrategy.SINGLE_ACCOUNT : RotationStrategy.DUAL_ACCOUNT,
                                dbInstanceId,
                                names),
                        CustomData.NONE,
                        policy(interval)),
                names.stream()
                        .<SecretValue>map(account -> new SecretValue.Account(account, password))
                        .toList());
    }

    private static RotationPolicy policy(@Nullable Duration interval) {
        return interval == null ? RotationPolicy.manual() : RotationPolicy.every(interval);
    }

    void put(String name, String versionId, String text, Set<String> labels) {
        ModelSecret secret = model.get(name);
        Collection<String> stages = labels.isEmpty() ? Set.of(VersionStage.CURRENT) : labels;
        String error = unusable(secret, Kind.GENERIC);
        Optional<Version> existing = error == null ? secret.version(versionId) : Optional.empty();
        if (existing.isPresent() && !existing.get().content().equals(text)) {
            error = "Rejected.ResourceExist";
        } else if (error == null && existing.isEmpty() && stagesWith(secret, stages) > 8) {
            error = "Rejected.LimitExceeded";
        }
        expect(error, () -> secrets.putValue(name, versionId, new SecretValue.Text(text), labels));
        if (error == null && existing.isEmpty()) {
            secret.add(new Version(versionId, text), stages);
        }
    }

    private static int stagesWith(ModelSecret secret, Collection<String> more) {
        Set<String> all = new HashSet<>(secret.stages.keySet());
        all.addAll(more);
        if (more.contains(VersionStage.CURRENT)) {
            all.add(VersionStage.PREVIOUS);
        }
        return all.size();
    }

    void moveStage(String name, String stage, @Nullable String to, @Nullable String from) {
        ModelSecret secret = model.get(name);
        String error = to == null && (from == null || BUILT_IN.contains(stage))
                ? "InvalidParameter"
                : unusable(secret, Kind.GENERIC);
        if (error == null) {
            Version holder = secret.stages.get(stage);
            if (from != null && (holder == null || !from.equals(holder.id()))) {
                error = "InvalidParameter";
            } else if (to != null && secret.version(to).isEmpty()) {
                error = "Forbidden.ResourceNotFound";
            } else if (to != null
                    && holder != secret.version(to).orElseThrow()
                    && stagesWith(secret, Set.of(stage)) > 8) {
                error = "Rejected.LimitExceeded";
            }
        }
        expect(error, () -> secrets.moveStage(name, new StageMove(stage, to, from)));
        if (error == null && to == null) {
            secret.stages.remove(stage);
        } else if (error == null) {
            secret.move(stage, secret.version(to).orElseThrow());
        }
    }

    void rotate(String name, String versionId) {
        ModelSecret secret = model.get(name);
        String error = unusable(secret, Kind.SINGLE);
        if (error == null && secret.version(versionId).isEmpty()) {
            if (secret.pending == null) {
                error = rotateNow(secret, versionId) ? null : "InternalFailure";
            } else if (!versionId.equals(secret.pending.id())) {
                error = "Rejected.ResourceInUse";
            }
        }
        expect(error, () -> secrets.rotate(name, versionId).join());
    }

    /** Something happens between the change of the password and the test of it. */
    void rotateInterrupted(String name, String versionId, Interruption interruption) {
        databases.values().forEach(database -> database.isInterrupted(interruption));
        rotate(name, versionId);
        databases.values().forEach(database -> database.isInterrupted(null));
    }

    /** What can happen to a rotation when the database has just got the new password. */
    enum Interruption {
        /** It acknowledges that, and goes down. */
        DOWN,
        /** It goes down before it acknowledges that. */
        DOWN_UNANSWERED,
        /** Its acknowledgement is lost. */
        UNANSWERED
    }

    void changeRotation(String name, @Nullable Duration interval) {
        ModelSecret secret = model.get(name);
        String error = unusable(secret, Kind.SINGLE);
        if (error == null && secret.pending != null) {
            error = "Rejected.ResourceInUse";
        }
        expect(error, () -> secrets.changeRotation(name, policy(interval)).join());
        if (error == null) {
            secret.interval = interval;
            secret.invalid = false;
            catchUp(secret);
        }
    }

    void scheduleDeletion(String name, int days) {
        ModelSecret secret = model.get(name);
        String error = days < 7 || days > 30 ? "InvalidParameter" : unusable(secret, null);
        expect(error, () -> secrets.scheduleDeletion(name, days));
        if (error == null) {
            secret.deleteTime = now.plus(Duration.ofDays(days));
        }
    }

    void restore(String name) {
        ModelSecret secret = model.get(name);
        String error = null;
        if (secret == null) {
            error = "Forbidden.ResourceNotFound";
        } else if (secret.deleteTime == null) {
            error = "Rejected.ResourceInUse";
        }
        expect(error, () -> secrets.restore(name).join());
        if (error == null) {
            secret.deleteTime = null;
            catchUp(secret);
        }
    }

    void deleteNow(String name) {
        expect(model.containsKey(name) ? null : "Forbidden.ResourceNotFound", () -> secrets.deleteNow(name));
        model.remove(name);
    }

    /** What an operation on secrets of a kind answers to this one, before it looks any further; null kind for any. */
    private static @Nullable String unusable(@Nullable ModelSecret secret, @Nullable Kind kind) {
        if (secret == null) {
            return "Forbidden.ResourceNotFound";
        }
        if (secret.deleteTime != null) {
            return "Rejected.ResourceInDeleteWindow";
        }
        return kind == null || (kind == Kind.GENERIC) == (secret.kind == Kind.GENERIC)
                ? null
                : "Rejected.UnsupportedOperation";
    }

    private void expect(@Nullable String code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown instanceof CompletionException) {
            thrown = thrown.getCause();
        }
        if (code == null) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            KmsError.class, error -> assertThat(error.code()).isEqualTo(code));
        }
    }

    // What time does.

    void advance(Duration by) {
        clock.advance(by);
        Instant target = now.plus(by);
        for (Optional<Due> due = nextDue(target); due.isPresent(); due = nextDue(target)) {
            now = due.get().time.isAfter(now) ? due.get().time : now;
            due.get().action.run();
        }
        now = target;
        assertThat(clock.now()).isEqualTo(now);
    }

    private Optional<Due> nextDue(Instant until) {
        return model.entrySet().stream()
                .flatMap(entry -> due(entry.getKey(), entry.getValue()))
                .filter(due -> !due.time.isAfter(until))
                .min(Comparator.comparing(Due::time));
    }

    private Stream<Due> due(String name, ModelSecret secret) {
        return Stream.of(
                        new Due(secret.deleteTime, () -> model.remove(name)),
                        new Due(secret.promotion, () -> secret.rotated(Objects.requireNonNull(secret.pending), now)),
                        new Due(secret.due(), () -> rotateNow(secret, null)))
                .filter(due -> due.time != null);
    }

    private record Due(@Nullable Instant time, Runnable action) {}

    private void catchUp(ModelSecret secret) {
        Instant due = secret.due();
        if (due != null && !due.isAfter(now)) {
            rotateNow(secret, null);
        }
    }

    /** A rotation of the model. */
    private boolean rotateNow(ModelSecret secret, @Nullable String versionId) {
        Database database = databases.get(secret.dbInstanceId);
        String account = secret.nextAccount();
        String needed =
                secret.accounts.contains(account) ? account : secret.current().content();
        if (database.down || !accounts.containsKey(secret.dbInstanceId + "/" + needed)) {
            secret.rotationFailed();
            return false;
        }
        Version version = new Version(versionId, account);
        accounts.put(secret.dbInstanceId + "/" + account, version);
        Interruption interruption = database.interruption;
        database.down = interruption != null && interruption != Interruption.UNANSWERED;
        // With a single account what the database is known to have counts, since nothing else can log in.
        if (interruption != null && (secret.kind != Kind.SINGLE || interruption == Interruption.DOWN_UNANSWERED)) {
            secret.rotationFailed();
            return false;
        }
        if (secret.kind == Kind.SINGLE && !window.isZero()) {
            secret.pending = version;
            secret.promotion = now.plus(window);
        } else {
            secret.rotated(version, now);
        }
        return true;
    }

    // What goes wrong.

    void stop(String dbInstanceId) {
        databases.get(dbInstanceId).instance.memory.stop();
        databases.get(dbInstanceId).down = true;
    }

    void start(String dbInstanceId) {
        databases.get(dbInstanceId).instance.memory.start();
        databases.get(dbInstanceId).down = false;
    }

    void changePasswordOutside(String dbInstanceId, String account) {
        if (isThere(dbInstanceId, account)) {
            databases.get(dbInstanceId).instance.memory.resetPassword(account, newPassword());
            accounts.put(dbInstanceId + "/" + account, null);
        }
    }

    void dropOutside(String dbInstanceId, String account) {
        if (isThere(dbInstanceId, account)) {
            databases.get(dbInstanceId).instance.memory.deleteAccount(account);
            accounts.remove(dbInstanceId + "/" + account);
        }
    }

    void createOutside(String dbInstanceId, String account) {
        if (!databases.get(dbInstanceId).down && !isThere(dbInstanceId, account)) {
            databases.get(dbInstanceId).instance.memory.createAccount(account, newPassword());
            accounts.put(dbInstanceId + "/" + account, null);
        }
    }

    private boolean isThere(String dbInstanceId, String account) {
        return !databases.get(dbInstanceId).down && accounts.containsKey(dbInstanceId + "/" + account);
    }

    /** Another process goes on with what this one has stored. Not within a window: the next one begins it anew. */
    void restart() {
        if (model.values().stream().allMatch(secret -> secret.pending == null)) {
            clock.close();
            clock = VirtualClock.frozenAt(now);
            secrets = start();
        }
    }

    // What must be so at any moment.

    void check() {
        NAMES.forEach(name -> check(name, model.get(name)));
    }

    private void check(String name, @Nullable ModelSecret expected) {
        if (expected == null) {
            assertThat(secrets.find(name)).isEmpty();
            return;
        }
        Secret secret = secrets.describe(name);
        assertThat(secret.plannedDeleteTime()).isEqualTo(expected.deleteTime);
        checkVersions(secret, expected);
        if (expected.kind != Kind.GENERIC) {
            assertThat(secret.management().rotation())
                    .isEqualTo(
                            new RotationPolicy(expected.automaticRotation(), expected.interval, expected.lastRotation));
            assertThat(secret.nextRotation()).isEqualTo(expected.nextRotation());
            checkLogins(secret, expected);
        }
        if (expected.deleteTime == null) {
            assertThat(secrets.getValue(name, null, null).version())
                    .isEqualTo(secret.staged(VersionStage.CURRENT).orElseThrow());
        } else {
            assertThatThrownBy(() -> secrets.getValue(name, null, null))
                    .isInstanceOfSatisfying(
                            KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.ResourceInDeleteWindow"));
        }
    }

    private static void checkVersions(Secret secret, ModelSecret expected) {
        List<SecretVersion> versions = secret.versions();
        assertThat(versions).hasSize(expected.versions.size()).hasSizeLessThanOrEqualTo(10);
        Map<String, String> stages = new HashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            Version version = expected.versions.get(i);
            String id = versions.get(i).versionId();
            if (version.id() == null) {
                assertThat(id).as("an id that the service made").hasSize(36);
            } else {
                assertThat(id).isEqualTo(version.id());
            }
            assertThat(content(versions.get(i))).isEqualTo(version.content());
            stages.putAll(expected.stages.entrySet().stream()
                    .filter(stage -> stage.getValue() == version)
                    .collect(toMap(Map.Entry::getKey, stage -> id)));
        }
        assertThat(versions).extracting(SecretVersion::versionId).doesNotHaveDuplicates();
        assertThat(secret.stages()).isEqualTo(stages);
        for (String stage : BUILT_IN) {
            assertThat(versions.stream()
                            .filter(version ->
                                    secret.stagesOf(version.versionId()).contains(stage)))
                    .as(stage)
                    .hasSize(stage.equals(VersionStage.CURRENT) || expected.stages.containsKey(stage) ? 1 : 0);
        }
    }

    private static String content(SecretVersion version) {
        return version.value() instanceof SecretValue.Account account
                ? account.accountName()
                : ((SecretValue.Text) version.value()).text();
    }

    /** The password of a version logs in if that version was the last to get the account, and nobody else has since. */
    private void checkLogins(Secret secret, ModelSecret expected) {
        Database database = databases.get(expected.dbInstanceId);
        if (database.down) {
            return;
        }
        for (String stage : expected.stages.keySet()) {
            Version version = expected.stages.get(stage);
            SecretValue.Account account =
                    (SecretValue.Account) secret.staged(stage).orElseThrow().value();
            assertThat(database.instance.acceptsLogin(account.accountName(), account.accountPassword()))
                    .as("%s of %s logs in", stage, secret.name())
                    .isEqualTo(accounts.get(expected.dbInstanceId + "/" + version.content()) == version);
        }
    }

    /** A database, and what the model knows of it. */
    private static final class Database {
        private final InterruptedInstance instance =
                new InterruptedInstance(RdsInstance.inMemory(RdsEngine.POSTGRESQL));
        private boolean down;
        private @Nullable Interruption interruption;

        private void isInterrupted(@Nullable Interruption next) {
            interruption = next;
            instance.afterChange = () -> {
                if (next == Interruption.DOWN || next == Interruption.DOWN_UNANSWERED) {
                    instance.memory.stop();
                }
                if (next == Interruption.UNANSWERED || next == Interruption.DOWN_UNANSWERED) {
                    InterruptedInstance.fail();
                }
            };
        }
    }

    /** Outlives the secrets. */
    private static final class Kept implements SecretStore {
        private final Map<String, StoredSecret> secrets = new TreeMap<>();

        @Override
        public synchronized List<StoredSecret> load(String region) {
            return List.copyOf(secrets.values());
        }

        @Override
        public synchronized void save(String region, StoredSecret secret) {
            secrets.put(secret.secret().name(), secret);
        }

        @Override
        public synchronized void remove(String region, String name) {
            secrets.remove(name);
        }
    }
}
