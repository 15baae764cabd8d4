package dev.tumbler.emulator.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tumbler.emulator.secret.ModelSecret.Kind;
import dev.tumbler.emulator.secret.ModelledSecrets.Interruption;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.slf4j.LoggerFactory;

/**
 * Any sequence of operations, rotations, steps of the clock and faults ends as a model of the rules says, step by step:
 * errors, versions, stages, dates, and which passwords log in.
 */
class SecretsModelTest {
    private static final String GENERIC = ModelledSecrets.NAMES.get(0);
    private static final List<String> ACCOUNT_ENDINGS = List.of("", "_b", "_clone");

    /** Failed rotations are part of the game. */
    @BeforeContainer
    static void warnOfNothing() {
        ((Logger) LoggerFactory.getLogger(Secret.class.getPackageName())).setLevel(Level.OFF);
    }

    @AfterContainer
    static void warnAgain() {
        ((Logger) LoggerFactory.getLogger(Secret.class.getPackageName())).setLevel(null);
    }

    @Property(tries = 200)
    void anySequence_endsAsTheModelSays(@ForAll("sequences") ActionChain<ModelledSecrets> sequence) {
        sequence.withInvariant("as the model", ModelledSecrets::check).run().close();
    }

    @Property(tries = 100)
    void anyVersionsOfAGenericSecret_endAsTheModelSays(
            @ForAll("genericSequences") ActionChain<ModelledSecrets> sequence) {
        sequence.withInvariant("as the model", ModelledSecrets::check).run().close();
    }

    /** So many versions that some have to go. */
    @Provide
    Arbitrary<ActionChain<ModelledSecrets>> genericSequences() {
        return ActionChain.startWith(() -> {
                    ModelledSecrets secrets = new ModelledSecrets(Duration.ZERO);
                    secrets.create(GENERIC, Kind.GENERIC, "none", null, true);
                    return secrets;
                })
                .withAction(5, put())
                .withAction(2, moveStage())
                .withMaxTransformations(60);
    }

    @Provide
    Arbitrary<ActionChain<ModelledSecrets>> sequences() {
        return Arbitraries.of(Duration.ZERO, Duration.ofMinutes(10))
                .flatMap(window -> ActionChain.startWith(() -> new ModelledSecrets(window))
                        .withAction(10, create())
                        .withAction(5, put())
                        .withAction(4, moveStage())
                        .withAction(6, rotate())
                        .withAction(2, rotateInterrupted())
                        .withAction(3, changeRotation())
                        .withAction(2, delete())
                        .withAction(2, each("restore", names(), ModelledSecrets::restore))
                        .withAction(6, advance())
                        .withAction(1, each("stop", databases(), ModelledSecrets::stop))
                        .withAction(2, each("start", databases(), ModelledSecrets::start))
                        .withAction(3, outside())
                        .withAction(1, Action.just("restart", Transformer.mutate("restart", ModelledSecrets::restart)))
                        .withMaxTransformations(60));
    }

    private static Action<ModelledSecrets> create() {
        return action(Combinators.combine(
                        names(),
                        Arbitraries.of(Kind.SINGLE, Kind.DUAL, Kind.PAIR),
                        databases(),
                        intervals().injectNull(0.3),
                        Arbitraries.of(true, true, false))
                .as((name, managed, database, interval, right) -> {
                    Kind kind = name.equals(GENERIC) ? Kind.GENERIC : managed;
                    return step(
                            "create %s %s on %s every %s, password right: %s"
                                    .formatted(kind, name, database, interval, right),
                            secrets -> secrets.create(name, kind, database, interval, right));
                }));
    }

    private static Action<ModelledSecrets> put() {
        return action(Combinators.combine(
                        mostlyGeneric(),
                        versionIds(),
                        Arbitraries.of("x", "x", "y"),
                        stages().set().ofMaxSize(4))
                .as((name, versionId, text, labels) -> step(
                        "put %s of %s: %s at %s".formatted(versionId, name, text, labels),
                        secrets -> secrets.put(name, versionId, text, labels))));
    }

    private static Action<ModelledSecrets> moveStage() {
        return action(Combinators.combine(
                        mostlyGeneric(),
                        stages(),
                        versionIds().injectNull(0.2),
                        versionIds().injectNull(0.6))
                .as((name, stage, to, from) -> step(
                        "move %s of %s from %s to %s".formatted(stage, name, from, to),
                        secrets -> secrets.moveStage(name, stage, to, from))));
    }

    private static Action<ModelledSecrets> rotate() {
        return action(Combinators.combine(names(), versionIds())
                .as((name, versionId) -> step(
                        "rotate %s to %s".formatted(name, versionId), secrets -> secrets.rotate(name, versionId))));
    }

    private static Action<ModelledSecrets> rotateInterrupted() {
        return action(Combinators.combine(names(), versionIds(), Arbitraries.of(Interruption.class))
                .as((name, versionId, interruption) -> step(
                        "rotate %s to %s, database %s".formatted(name, versionId, interruption),
                        secrets -> secrets.rotateInterrupted(name, versionId, interruption))));
    }

    private static Action<ModelledSecrets> changeRotation() {
        return action(Combinators.combine(names(), intervals().injectNull(0.2))
                .as((name, interval) -> step(
                        "rotate %s every %s".formatted(name, interval),
                        secrets -> secrets.changeRotation(name, interval))));
    }

    private static Action<ModelledSecrets> delete() {
        return action(Combinators.combine(
                        names(), Arbitraries.of(6, 7, 8, 30, 31).injectNull(0.2))
                .as((name, days) -> days == null
                        ? step("delete " + name, secrets -> secrets.deleteNow(name))
                        : step(
                                "delete %s in %d days".formatted(name, days),
                                secrets -> secrets.scheduleDeletion(name, days))));
    }

    private static Action<ModelledSecrets> advance() {
        return action(Arbitraries.of(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        Duration.ofHours(6),
                        Duration.ofDays(1),
                        Duration.ofDays(7),
                        Duration.ofDays(23))
                .map(by -> step("advance " + by, secrets -> secrets.advance(by))));
    }

    private static Action<ModelledSecrets> outside() {
        return action(Combinators.combine(
                        Arbitraries.of(Outside.class), databases(), names(), Arbitraries.of(ACCOUNT_ENDINGS))
                .as((change, database, name, ending) -> step(
                        "%s %s%s on %s outside".formatted(change, name, ending, database),
                        secrets -> change.to(secrets, database, name + ending))));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of(ModelledSecrets.NAMES);
    }

    private static Arbitrary<String> mostlyGeneric() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(GENERIC)), Tuple.of(1, names()));
    }

    private static Arbitrary<String> databases() {
        return Arbitraries.of(ModelledSecrets.DATABASES);
    }

    /** Few, so that they come again; more than a secret keeps. */
    private static Arbitrary<String> versionIds() {
        return Arbitraries.integers().between(0, 11).map(i -> "v" + i);
    }

    /** More than a secret may have. */
    private static Arbitrary<String> stages() {
        return Arbitraries.of("ACSCurrent", "ACSPrevious", "S1", "S2", "S3", "S4", "S5", "S6", "S7");
    }

    private static Arbitrary<Duration> intervals() {
        return Arbitraries.of(Duration.ofHours(6), Duration.ofDays(7), Duration.ofDays(365));
    }

    private static Action<ModelledSecrets> each(
            String what, Arbitrary<String> which, BiConsumer<ModelledSecrets, String> change) {
        return action(which.map(one -> step(what + " " + one, secrets -> change.accept(secrets, one))));
    }

    private static Transformer<ModelledSecrets> step(String what, Consumer<ModelledSecrets> change) {
        return Transformer.mutate(what, change);
    }

    private static Action<ModelledSecrets> action(Arbitrary<Transformer<ModelledSecrets>> steps) {
        return (Action.Independent<ModelledSecrets>) () -> steps;
    }

    /** What somebody does to an account, without the secret. */
    private enum Outside {
        CREATE,
        DROP,
        CHANGE_PASSWORD;

        void to(ModelledSecrets secrets, String dbInstanceId, String account) {
            switch (this) {
                case CREATE -> secrets.createOutside(dbInstanceId, account);
                case DROP -> secrets.dropOutside(dbInstanceId, account);
                case CHANGE_PASSWORD -> secrets.changePasswordOutside(dbInstanceId, account);
            }
        }
    }
}
