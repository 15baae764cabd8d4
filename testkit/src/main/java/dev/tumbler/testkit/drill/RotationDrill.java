package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.KmsEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs an application's own operation on many threads while its RDS secret rotates and the KMS fails, and says whether the
 * application survives it.
 *
 * <pre>{@code
 * DrillReport report = RotationDrill.of(() -> repository.countOrders())
 *         .against(kms, "orders/db")
 *         .workers(8).rotations(20).with(kmsOutage(Duration.ofMinutes(5)))
 *         .run();
 * report.assertSurvives();
 * }</pre>
 *
 * <p>A drill goes in phases: steady, each rotation, each disruption with the recovery after it, and at the end a quiet one.
 * The next begins when each worker has got through some operations that began after the last change; there are no sleeps in between.
 * Before each rotation six hours pass on the emulator's clock, or as much as the secret's own rotation policy says, so an
 * application that goes by that clock refreshes and retires what it has. For one that goes by real time see
 * {@link #betweenRotations} and {@link #atLeast}.
 *
 * <p>A database in memory tells of logins by itself, for a real one put an {@link ObservedDataSource} under the pool. If
 * the emulator has a {@linkplain KmsEmulator.Builder#singleAccountWindow window} and the secret a single account, each
 * rotation stays in its window for a while.
 *
 * <p>The builder is not thread-safe.
 */
public final class RotationDrill {
    private final Workload workload;
    private final List<Disruption> disruptions = new ArrayList<>();
    private final List<ObservedDataSource> dataSources = new ArrayList<>();
    private @Nullable KmsEmulator kms;
    private @Nullable String secretName;
    private int workers = 4;
    private int rotations = 5;
    private int operations = 3;
    private Duration thinkTime = Duration.ofNanos(100_000);
    private Duration atLeast = Duration.ofMillis(50);
    private Duration holding = Duration.ofMillis(300);
    private Duration patience = Duration.ofSeconds(30);
    private Runnable betweenRotations = () -> {};
    private @Nullable Path html;

    private RotationDrill(Workload workload) {
        this.workload = Objects.requireNonNull(workload, "workload");
    }

    /** Begins a drill of this operation, which many threads run at once. */
    public static RotationDrill of(Workload workload) {
        return new RotationDrill(workload);
    }

    /**
     * Which secret rotates. Required.
     *
     * @param secretName an RDS secret in the first region of the emulator
     */
    public RotationDrill against(KmsEmulator kms, String secretName) {
        this.kms = Objects.requireNonNull(kms, "kms");
        this.secretName = Objects.requireNonNull(secretName, "secretName");
        return this;
    }

    /** How many threads run the operation; 4 by default, at least 1. */
    public RotationDrill workers(int workers) {
        this.workers = requireAtLeast(1, "workers", workers);
        return this;
    }

    /**
     * How often the secret rotates; 5 by default. With two accounts, what was current is refused only from the second
     * rotation on, so fewer than 3 show little.
     *
     * @param rotations 0 or more
     */
    public RotationDrill rotations(int rotations) {
        this.rotations = requireAtLeast(0, "rotations", rotations);
        return this;
    }

    /** Adds a disruption; several come in this order, spread evenly among the rotations. */
    public RotationDrill with(Disruption disruption) {
        disruptions.add(Objects.requireNonNull(disruption, "disruption"));
        return this;
    }

    /** How many operations each worker gets through in each calm phase at least; 3 by default, at least 1. */
    public RotationDrill operations(int perWorker) {
        this.operations = requireAtLeast(1, "operations", perWorker);
        return this;
    }

    /**
     * How long a worker pauses after each operation; 0.1 milliseconds by default, so that operations that take no time leave
     * the processors to what they are drilled against. Zero for none.
     */
    public RotationDrill thinkTime(Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("thinkTime is not negative: " + pause);
        }
        this.thinkTime = pause;
        return this;
    }

    /**
     * How long each calm phase lasts in real time at least; 50 milliseconds by default. For an application that notices a
     * rotation after some real time: longer than that.
     */
    public RotationDrill atLeast(Duration phase) {
        this.atLeast = requirePositive("atLeast", phase);
        return this;
    }

    /**
     * How long a disruption, and the window of a rotation, lasts in real time; 300 milliseconds by default. Long enough to
     * see the pauses between retries; to see what an application does when its own timeouts have passed, longer than those.
     * While workers wait for the KMS and little was seen of how, a disruption lasts longer, five times as long at most.
     */
    public RotationDrill holding(Duration disruption) {
        this.holding = requirePositive("holding", disruption);
        return this;
    }

    /** How long, in real time, the drill waits for each worker to get through a phase; 30 seconds by default. */
    public RotationDrill patience(Duration patience) {
        this.patience = requirePositive("patience", patience);
        return this;
    }

    /**
     * What the hours between rotations would have done in an application that goes by real time: refresh a cache, retire
     * pooled connections. Runs after each rotation but the window, on the thread of {@link #run}, while workers go on.
     */
    public RotationDrill betweenRotations(Runnable action) {
        this.betweenRotations = Objects.requireNonNull(action, "action");
        return this;
    }

    /** Watches logins and connections to a real database; more than one can be. */
    public RotationDrill observing(ObservedDataSource dataSource) {
        dataSources.add(Objects.requireNonNull(dataSource, "dataSource"));
        return this;
    }

    /** Where the page with the timeline is written; by default a failing assertion writes it, and says where. */
    public RotationDrill html(Path file) {
        this.html = Objects.requireNonNull(file, "file");
        return this;
    }

    /**
     * Runs the drill. The emulator is left as it is then: rotated, and hours later. An operation that fails ends nothing.
     *
     * @throws IllegalStateException if {@link #against} was not called, or the thread is interrupted
     * @throws IllegalArgumentException if the secret is no RDS secret
     * @throws DrillStalledException if a worker does not get through a phase in time
     * @throws dev.tumbler.client.KmsException if a rotation fails, or there is no such secret
     */
    public DrillReport run() {
        if (kms == null || secretName == null) {
            throw new IllegalStateException("Which secret rotates? Call against(kms, secretName) before run()");
        }
        try (DrillTarget target = new DrillTarget(kms, secretName)) {
            DrillReport report = new DrillRun(this, target).run();
            if (html != null) {
                report.writeHtml(html);
            }
            return report;
        }
    }

    Workload workload() {
        return workload;
    }

    List<Disruption> disruptions() {
        return disruptions;
    }

    /** The disruptions that come after so many rotations. */
    List<Disruption> disruptionsAfter(int rotation) {
        List<Disruption> due = new ArrayList<>();
        for (int i = 0; i < disruptions.size(); i++) {
            if ((i + 1) * rotations / (disruptions.size() + 1) == rotation) {
                due.add(disruptions.get(i));
            }
        }
        return due;
    }

    List<ObservedDataSource> dataSources() {
        return dataSources;
    }

    int workers() {
        return workers;
    }

    int rotations() {
        return rotations;
    }

    int operations() {
        return operations;
    }

    Duration thinkTime() {
        return thinkTime;
    }

    Duration atLeast() {
        return atLeast;
    }

    Duration holding() {
        return holding;
    }

    Duration patience() {
        return patience;
    }

    void passBetweenRotations() {
        betweenRotations.run();
    }

    private static int requireAtLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ": " + value);
        }
        return value;
    }

    private static Duration requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is more than no time: " + value);
        }
        return value;
    }
}
