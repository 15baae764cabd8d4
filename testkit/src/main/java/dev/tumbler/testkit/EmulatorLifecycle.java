package dev.tumbler.testkit;

/** How long an emulator lives. */
public enum EmulatorLifecycle {
    /**
     * Each test method has one of its own; but a class whose {@code @BeforeAll} method, constructor or static field asks for
     * one shares that, as with {@link #PER_CLASS}.
     */
    PER_METHOD,
    /** The tests of a class and of its nested classes share one. */
    PER_CLASS,
    /**
     * All classes that have the same settings share one, as long as JUnit's session lasts: in each JVM of a build, the whole
     * of it. What their annotations say is made when each class begins; two may say the same of a name, but not different
     * things.
     */
    SHARED
}
