package dev.tumbler.client.internal.codec;

/**
 * An answer that is not what the service is documented to send. The message describes it and never quotes it, and there
 * is no cause: a parser's message could quote secret data.
 */
public final class UnreadableAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message) {
        super(message);
    }
}
