package dev.tumbler.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a list, read page by page as they are needed: the first page when the first entry is asked for, the next
 * one when the last entry of a page has been taken. Each {@link #iterator()} and each {@link #stream()} reads anew.
 *
 * <p>The service keeps no snapshot. What is created or deleted while a list is read can shift the pages: an entry may then
 * be missed or come twice. Reading a page can fail like any operation, also in the middle of a list; an iterator then
 * stays where it is, and asks for the same page again when it is used again.
 *
 * <p>Immutable; an iterator belongs to one thread.
 *
 * @param <T> what is listed
 */
public final class Paginator<T> implements Iterable<T> {
    private final Supplier<T> first;

    private Paginator(Supplier<T> first) {
        this.first = first;
    }

    /**
     * Returns the entries of a list.
     *
     * @param request asks for the first page
     * @param read reads a page
     * @param items returns what is on a page
     * @param next asks for the page after one; null if that was the last
     */
    static <R, P, T> Paginator<T> of(R request, Function<R, P> read, Function<P, List<T>> items, Next<R, P> next) {
        return new Paginator<>(() -> batch(request, read, items, next));
    }

    private static <R, P, T> Batch<T> batch(
            R request, Function<R, P> read, Function<P, List<T>> items, Next<R, P> next) {
        P page = read.apply(request);
        R following = next.after(request, page);
        return new Batch<>(items.apply(page), following == null ? null : () -> batch(following, read, items, next));
    }

    @Override
    public Iterator<T> iterator() {
        return new Entries<>(first);
    }

    /** Returns the entries as a sequential stream, which reads no page before its terminal operation. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** Finds the request for the page after one. */
    @FunctionalInterface
    interface Next<R, P> {
        @Nullable
        R after(R request, P page);
    }

    @FunctionalInterface
    private interface Supplier<T> {
        Batch<T> get();
    }

    private record Batch<T>(List<T> items, @Nullable Supplier<T> next) {}

    private static final class Entries<T> implements Iterator<T> {
        private @Nullable Supplier<T> next;
        private Iterator<T> items = List.<T>of().iterator();

        Entries(Supplier<T> first) {
            this.next = first;
        }

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && next != null) {
                Batch<T> batch = next.get();
                items = batch.items().iterator();
                next = batch.next();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The list has no more entries");
            }
            return items.next();
        }
    }
}
