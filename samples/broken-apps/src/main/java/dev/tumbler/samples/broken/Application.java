package dev.tumbler.samples.broken;

/** Takes orders, each with a query. Used by many threads at once. */
public interface Application extends AutoCloseable {
    /**
     * Takes one.
     *
     * @throws Exception if that failed: a customer sees an error page
     */
    void order() throws Exception;

    @Override
    void close();
}
