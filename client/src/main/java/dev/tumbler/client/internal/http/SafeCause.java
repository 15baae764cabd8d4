package dev.tumbler.client.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps URLs and answers out of causes. OkHttp names the URL in a few of its messages, and with parameters in the query a URL
 * holds secret data and the signature. And what breaks HTTP, chunks or gzip is quoted, raw or in hex. So only messages that
 * are known to be harmless are let through.
 */
final class SafeCause {
    private static final Pattern URL = Pattern.compile("\\w+://\\S*");
    private static final int MAX_DEPTH = 8;

    /** How messages begin of which this part can be told, whatever has thrown them. */
    private static final Pattern KNOWN = Pattern.compile("Canceled|timeout|closed|unexpected end of stream"
            + "|stream was reset: [A-Z_]{1,32}|The connection broke while the request was under way"
            + "|[Tt]he answer has more than \\d{1,9} bytes|Failed to authenticate with proxy"
            + "|Unexpected response code for CONNECT: \\d{3}");

    private SafeCause() {}

    /** Returns the exception itself, or a copy without what it must not tell if it or anything behind it does. */
    static IOException of(IOException e) {
        return isHarmless(e, 0) ? e : copy(e);
    }

    private static boolean isHarmless(@Nullable Throwable e, int depth) {
        if (e == null) {
            return true;
        }
        if (depth == MAX_DEPTH || !isHarmlessItself(e)) {
            return false;
        }
        for (Throwable suppressed : e.getSuppressed()) {
            if (!isHarmless(suppressed, depth + 1)) {
                return false;
            }
        }
        return isHarmless(e.getCause(), depth + 1);
    }

    private static boolean isHarmlessItself(Throwable e) {
        String message = e.getMessage();
        return message == null
                || KNOWN.matcher(message).matches()
                || (isHarmlessKind(e) && !URL.matcher(message).find());
    }

    /** Returns whether its messages come from the connection, the certificates or the system, never from an answer. */
    private static boolean isHarmlessKind(Throwable e) {
        return e instanceof SocketException
                || e instanceof UnknownHostException
                || e instanceof UnknownServiceException
                || e instanceof InterruptedIOException
                || e instanceof SSLException
                || e instanceof GeneralSecurityException;
    }

    private static IOException copy(IOException e) {
        String told = told(e);
        String name = e.getClass().getSimpleName();
        IOException copy = new IOException(told.isEmpty() ? name : name + ": " + told);
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    private static String told(IOException e) {
        if (e instanceof ProtocolException) {
            return "the answer breaks the HTTP protocol";
        }
        if (e instanceof EOFException) {
            return "the answer ends too early";
        }
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (isHarmlessKind(e)) {
            return URL.matcher(message).replaceAll("the server");
        }
        Matcher known = KNOWN.matcher(message);
        return known.lookingAt() ? known.group() : "";
    }
}
