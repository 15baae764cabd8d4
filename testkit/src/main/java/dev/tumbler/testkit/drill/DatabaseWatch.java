package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.InMemorySession;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsLogin;
import dev.tumbler.emulator.rotation.RotationWorkers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees logins and connections: of a database in memory by itself, of a real one by the data sources that observe it.
 * Besides the logins it tells of, it is used by the thread that conducts the drill.
 */
final class DatabaseWatch implements AutoCloseable {
    private final @Nullable InMemoryRdsInstance inMemory;
    private final List<ObservedDataSource> dataSources;
    private final List<Runnable> ends = new ArrayList<>();

    /** By how many rotations each session that was seen came before. */
    private final Map<InMemorySession, Integer> rotationsBefore = new HashMap<>();

    private Map<InMemorySession, Long> usesBefore = Map.of();

    /** @param listener is told on the thread that logs in; never of a login of the emulator's own */
    DatabaseWatch(
            @Nullable RdsInstance database,
            List<ObservedDataSource> dataSources,
            Consumer<? super LoginCount> listener) {
        this.inMemory = database instanceof InMemoryRdsInstance instance ? instance : null;
        this.dataSources = dataSources;
        if (inMemory != null) {
            Subscription listening = inMemory.onLogin(login -> {
                if (!Thread.currentThread().getName().startsWith(RotationWorkers.THREAD_NAME_PREFIX)) {
                    listener.accept(count(login));
                }
            });
            ends.add(listening::close);
        }
        dataSources.forEach(dataSource -> ends.add(dataSource.watch(listener)));
    }

    private static LoginCount count(RdsLogin login) {
        return new LoginCount(login.accountName(), login.passwordAge(), login.accepted(), 1);
    }

    void rotated() {
        dataSources.forEach(ObservedDataSource::rotated);
    }

    /** What is used from now on, is used in this phase. */
    void phaseBegins() {
        Map<InMemorySession, Long> uses = new HashMap<>();
        sessions().forEach(session -> uses.put(session, session.uses()));
        usesBefore = uses;
    }

    /** How many connections have been in use in this phase that were opened before the last rotation but one. */
    int phaseEnds(int rotations) {
        int old = 0;
        for (InMemorySession session : sessions()) {
            int opened = rotationsBefore.computeIfAbsent(session, any -> rotations);
            // Once may be an operation that had begun before.
            if (rotations - opened >= 2 && session.uses() - usesBefore.getOrDefault(session, 0L) >= 2) {
                old++;
            }
        }
        for (ObservedDataSource dataSource : dataSources) {
            old += dataSource.oldConnections();
        }
        return old;
    }

    private List<InMemorySession> sessions() {
        return inMemory == null ? List.of() : inMemory.sessions();
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
