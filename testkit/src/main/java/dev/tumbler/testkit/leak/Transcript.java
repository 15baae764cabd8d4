package dev.tumbler.testkit.leak;

import dev.tumbler.testkit.leak.KnownValues.Needle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was written and logged while somebody listens. Streams are kept for each thread, so that a value is found that was
 * written in parts. Beyond a limit, what there is is searched and let go. Thread-safe.
 */
final class Transcript {
    /** Characters and bytes, roughly. */
    private static final long LIMIT = 16_000_000;

    private final KnownValues values;
    private final Charset charset;
    private final Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
    private final List<Text> texts = new ArrayList<>();
    private final List<Leak> found = new ArrayList<>();
    private long size;

    Transcript(KnownValues values, Charset charset) {
        this.values = values;
        this.charset = charset;
    }

    /** Bytes that the current thread has written to a stream. */
    synchronized void written(String stream, byte[] bytes, int offset, int length) {
        streams.computeIfAbsent(
                        stream + ", thread " + Thread.currentThread().getName(), place -> new ByteArrayOutputStream())
                .write(bytes, offset, length);
        grow(length);
    }

    /** A whole text that was seen somewhere. */
    synchronized void seen(String place, String text) {
        texts.add(new Text(place, text));
        grow(text.length());
    }

    private void grow(int by) {
        size += by;
        if (size > LIMIT) {
            search();
        }
    }

    /** All that has been found so far. */
    synchronized List<Leak> leaks() {
        search();
        return List.copyOf(found);
    }

    private void search() {
        List<Needle> needles = values.needles();
        texts.forEach(text -> found.addAll(KnownValues.search(text.place(), text.text(), needles)));
        streams.forEach((place, bytes) -> found.addAll(KnownValues.search(place, bytes.toString(charset), needles)));
        texts.clear();
        streams.clear();
        size = 0;
    }

    private record Text(String place, String text) {}
}
