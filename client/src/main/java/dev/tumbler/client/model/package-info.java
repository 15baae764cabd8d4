/**
 * Requests to the service and its answers: immutable, and thread-safe for that.
 *
 * <p>Values are named as on the wire. What can be absent is an {@link java.util.Optional}; lists and maps are empty,
 * never null. Secret data redacts itself in every {@code toString()}.
 */
@NullMarked
package dev.tumbler.client.model;

import org.jspecify.annotations.NullMarked;
