package dev.tumbler.testkit.leak;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.testkit.KmsTestbed;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Looks for secret values where they must not be, from {@link #start} to {@link #close}: in System.out and System.err, in what
 * is logged through {@code java.util.logging}, Logback and Log4j 2, in the MDC, in names of threads, and in exceptions that it
 * is given. A value is found as it is, URL-encoded, JSON-escaped and in Base64, also as part of something longer that was
 * encoded as a whole, and also if it was written in parts. Nothing is kept from being written, and reports have the values
 * masked.
 *
 * <p>Logs are seen at the levels that they are set to. Values of fewer than 8 characters are not looked for, and one that is
 * an everyday word is found in everyday texts: give test secrets values that stand nowhere else. Of generic secrets that are
 * JSON objects, members whose names speak of passwords, secrets, tokens, keys or credentials are looked for by themselves
 * too.
 *
 * <p>Several can be at work at the same time, as in parallel tests: what a thread writes that began in another's test is the
 * other's. What threads write that belong to no test, such as those of a pool that all use, is everybody's. Thread-safe.
 *
 * <pre>{@code
 * try (LeakGuard guard = LeakGuard.start().watch(kms)) {
 *     …
 *     guard.assertNoLeaks();
 * }
 * }</pre>
 */
public final class LeakGuard implements AutoCloseable {
    /** In whose test a thread began. */
    private static final InheritableThreadLocal<@Nullable LeakGuard> OWNER = new InheritableThreadLocal<>();

    private final KnownValues values = new KnownValues();
    private final Charset charset = Charset.forName(
            System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
    private final Transcript transcript = new Transcript(values, charset);
    private final List<Subscription> watching = new CopyOnWriteArrayList<>();
    private final StreamTap out;
    private final StreamTap err;
    private final LogTaps logs;
    private volatile boolean closed;

    private LeakGuard() {
        OWNER.set(this);
        // One at a time, or one of two would be lost.
        synchronized (LeakGuard.class) {
            out = new StreamTap(System.out, "System.out", charset, transcript, this::hears);
            err = new StreamTap(System.err, "System.err", charset, transcript, this::hears);
            System.setOut(out);
            System.setErr(err);
        }
        logs = new LogTaps(this::logged);
    }

    /** Begins to look. What the current thread writes, and threads that it starts, belongs to this guard. */
    public static LeakGuard start() {
        return new LeakGuard();
    }

    /** Looks for the values that secrets of this testbed have and get, and for the secret of its access key. */
    public LeakGuard watch(KmsTestbed testbed) {
        values.add(
                "AccessKeySecret of " + testbed.accessKey().id(),
                testbed.accessKey().secret());
        return watch(testbed.emulator());
    }

    /** Looks for the values that secrets of this emulator have and get. */
    public LeakGuard watch(KmsEmulator emulator) {
        watching.add(emulator.watchValues(confidential -> values.add(
                confidential.field() + " of \"" + confidential.secretName() + "\", version " + confidential.versionId(),
                confidential.text())));
        return this;
    }

    /**
     * Looks for a further value.
     *
     * @param name what reports call it
     * @throws IllegalArgumentException if it has fewer than 8 characters
     */
    public LeakGuard value(String name, String value) {
        if (value.length() < KnownValues.SHORTEST) {
            throw new IllegalArgumentException("A value to look for has at least " + KnownValues.SHORTEST
                    + " characters; \"" + name + "\" has " + value.length());
        }
        values.add(name, value);
        return this;
    }

    /** Looks into an exception, its causes and what it has suppressed. */
    public LeakGuard look(Throwable thrown) {
        look(thrown, "", Collections.newSetFromMap(new IdentityHashMap<>()));
        return this;
    }

    private void look(Throwable thrown, String relation, Set<Throwable> looked) {
        if (!looked.add(thrown)) {
            return;
        }
        transcript.seen("exception, " + relation + thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
        if (thrown.getCause() != null) {
            look(thrown.getCause(), "cause ", looked);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            look(suppressed, "suppressed ", looked);
        }
    }

    /** All that has been found so far, with threads and the MDC of the current thread as they are now. */
    public List<Leak> leaks() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            transcript.seen("name of a thread", thread.getName());
        }
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        if (mdc != null) {
            mdc.forEach((key, value) -> transcript.seen("MDC, " + key, String.valueOf(value)));
        }
        return new ArrayList<>(Set.copyOf(transcript.leaks()));
    }

    /**
     * Fails if anything has been found.
     *
     * @throws AssertionError with every place, and no value
     */
    public void assertNoLeaks() {
        List<Leak> leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.stream()
                    .map(leak -> System.lineSeparator() + "  " + leak)
                    .sorted()
                    .collect(Collectors.joining("", "Secret values were found where they must not be:", "")));
        }
    }

    private void logged(String place, String text) {
        if (hears()) {
            transcript.seen(place + ", thread " + Thread.currentThread().getName(), text);
        }
    }

    private boolean hears() {
        LeakGuard owner = OWNER.get();
        return !closed && (owner == null || owner == this || owner.closed);
    }

    /** Stops looking, and sets everything back. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (OWNER.get() == this) {
            OWNER.remove();
        }
        watching.forEach(Subscription::close);
        logs.close();
        synchronized (LeakGuard.class) {
            PrintStream formerOut = out.closeTap();
            PrintStream formerErr = err.closeTap();
            // Somebody else may have put another in front of it since.
            if (System.out == out) {
                System.setOut(formerOut);
            }
            if (System.err == err) {
                System.setErr(formerErr);
            }
        }
    }
}
