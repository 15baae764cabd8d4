/** Metrics of the client and its cache for Micrometer; needs {@code io.micrometer:micrometer-core} on the class path. */
@NullMarked
package dev.tumbler.client.micrometer;

import org.jspecify.annotations.NullMarked;
