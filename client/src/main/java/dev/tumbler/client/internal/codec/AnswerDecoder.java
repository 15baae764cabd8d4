package dev.tumbler.client.internal.codec;

/** Makes a result of an answer that is no error. */
@FunctionalInterface
public interface AnswerDecoder<T> {
    /** Decodes the answer, or says what is missing in it. */
    T decode(JsonAnswer answer) throws UnreadableAnswerException;
}
