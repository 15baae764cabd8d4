package dev.tumbler.client.internal.http;

import java.util.concurrent.CompletableFuture;

/**
 * A request under way.
 *
 * @param answer completes with the answer, or exceptionally with an {@link ExchangeException}
 * @param cancellation gives the request up; harmless when it has ended
 */
public record Exchange(CompletableFuture<HttpAnswer> answer, Runnable cancellation) {}
