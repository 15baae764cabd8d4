package dev.tumbler.testkit.drill;

/** What an application does again and again: a query, a request. Run by many threads at once. */
@FunctionalInterface
public interface Workload {
    /**
     * Does it once.
     *
     * @throws Exception if it failed; errors, such as those of assertions, are failures too
     */
    void run() throws Exception;
}
