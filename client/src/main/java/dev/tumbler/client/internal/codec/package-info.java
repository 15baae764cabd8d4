/**
 * Requests to parameters, and JSON answers to results.
 */
@NullMarked
package dev.tumbler.client.internal.codec;

import org.jspecify.annotations.NullMarked;
