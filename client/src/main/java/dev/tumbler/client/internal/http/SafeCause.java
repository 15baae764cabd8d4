package dev.tumbler.client.internal.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps URLs and answers out of causes. OkHttp names the URL in a few of its messages, and with parameters in the query a URL
 * holds secret data and the signature. And what breaks the protocol it quotes: behind an answer of a wrong length, that is
 * the rest of a body.
 */
final class SafeCause {
    private static final Pattern URL = Pattern.compile("\\w+://\\S*");
    private static final int MAX_DEPTH = 8;

    private SafeCause() {}

    /** Returns the exception itself, or a copy without what it must not tell if it or anything behind it does. */
    static IOException of(IOException e) {
        return isTalkative(e, 0) ? copy(e) : e;
    }

    private static boolean isTalkative(@Nullable Throwable e, int depth) {
        if (e == null) {
            return false;
        }
        if (depth == MAX_DEPTH) {
            return true;
        }
        if (e instanceof ProtocolException) {
            return true;
        }
        if (e.getMessage() != null && URL.matcher(e.getMessage()).find()) {
            return true;
        }
        for (Throwable suppressed : e.getSuppressed()) {
            if (isTalkative(suppressed, depth + 1)) {
                return true;
            }
        }
        return isTalkative(e.getCause(), depth + 1);
    }

    private static IOException copy(IOException e) {
        String message = e instanceof ProtocolException
                ? "the answer breaks the HTTP protocol"
                : e.getMessage() == null ? "" : URL.matcher(e.getMessage()).replaceAll("the server");
        IOException copy = new IOException(e.getClass().getSimpleName() + ": " + message);
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }
}
