package dev.tumbler.client.internal.http;

import java.io.IOException;

/** No usable answer came. */
public final class ExchangeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is known about the request that was not answered. */
    public enum Reason {
        /** No connection was made, so the server has not seen the request. */
        NOT_SENT,
        /** The connection broke or timed out after the request began to leave: the server may have performed it. */
        NO_ANSWER,
        /** The server is not trusted, or its answer is too large: asking again would end the same way. */
        REFUSED_ANSWER
    }

    private final Reason reason;

    ExchangeException(Reason reason, IOException cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    /** Returns what is known about the request. */
    public Reason reason() {
        return reason;
    }
}
