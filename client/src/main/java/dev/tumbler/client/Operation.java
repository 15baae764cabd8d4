package dev.tumbler.client;

import dev.tumbler.client.internal.codec.AnswerDecoder;
import dev.tumbler.client.internal.signing.ApiCall;

/**
 * What the client does for a request.
 *
 * @param call what is sent
 * @param decoder makes the result of the answer
 * @param repeatable whether it may be sent again when nobody knows if it was performed
 */
record Operation<T>(ApiCall call, AnswerDecoder<T> decoder, boolean repeatable) {}
