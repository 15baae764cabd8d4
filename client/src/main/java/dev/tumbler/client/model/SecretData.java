package dev.tumbler.client.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * The content of a secret. It shows itself only to {@link #asString()}, {@link #asChars()} and {@link #asBytes()};
 * {@link #toString()} is redacted, and mappers to JSON do not see it, so that it can stand in requests, results and log
 * statements.
 *
 * <p>{@link #destroy()} overwrites this copy. That is worth doing in a program whose memory may be dumped, and it is no
 * more than that: the bytes of the answer, the texts that its parser made, copies that the garbage collector left behind,
 * and whatever {@link #asString()} returned cannot be overwritten by anybody. Values that a
 * {@link dev.tumbler.client.cache.SecretCache} holds stay in memory on purpose.
 *
 * <p>Thread-safe.
 */
public final class SecretData implements Destroyable {
    private final transient byte[] utf8;
    private boolean destroyed;

    private SecretData(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Returns secret data with this content. */
    public static SecretData of(String value) {
        return new SecretData(Objects.requireNonNull(value, "value").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the content in clear text.
     *
     * @throws IllegalStateException if it is destroyed
     */
    public String asString() {
        return new String(asBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the content in clear text, as a copy that the caller can overwrite.
     *
     * @throws IllegalStateException if it is destroyed
     */
    public char[] asChars() {
        byte[] bytes = asBytes();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(decoded.array(), '\0');
        return chars;
    }

    /**
     * Returns the content as UTF-8, as a copy that the caller can overwrite. The service treats binary content as text too;
     * whoever stored it has chosen its encoding, usually Base64.
     *
     * @throws IllegalStateException if it is destroyed
     */
    public synchronized byte[] asBytes() {
        if (destroyed) {
            throw new IllegalStateException("This secret data is destroyed");
        }
        return utf8.clone();
    }

    /** Overwrites the content; from then on it cannot be read. Idempotent. */
    @Override
    public synchronized void destroy() {
        destroyed = true;
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    /**
     * Returns whether the other object is secret data with the same content, in a time that does not depend on where they
     * differ. Destroyed data equals nothing but itself.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof SecretData that)) {
            return false;
        }
        byte[] mine = peek();
        byte[] theirs = that.peek();
        return mine != null && theirs != null && MessageDigest.isEqual(mine, theirs);
    }

    /** Returns a hash of the content; it changes when the content is destroyed. */
    @Override
    public synchronized int hashCode() {
        return Arrays.hashCode(utf8);
    }

    private synchronized byte @Nullable [] peek() {
        return destroyed ? null : utf8.clone();
    }

    @Override
    public String toString() {
        return "(redacted)";
    }
}
