/**
 * The one place that asks what time it is.
 */
@NullMarked
package dev.tumbler.client.internal.time;

import org.jspecify.annotations.NullMarked;
