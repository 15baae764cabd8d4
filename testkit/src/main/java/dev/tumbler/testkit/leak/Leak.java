package dev.tumbler.testkit.leak;

/**
 * A secret value that was found where it must not be.
 *
 * @param place where, such as {@code System.out, thread main}
 * @param value whose, such as {@code AccountPassword of "orders/db", version v1}
 * @param form how it stands there, such as {@code in Base64}
 * @param excerpt what stands around it; all known values in it are masked
 */
public record Leak(String place, String value, String form, String excerpt) {
    /** For a failure's message. */
    @Override
    public String toString() {
        return place + ": " + value + ", " + form + System.lineSeparator() + "    " + excerpt;
    }
}
