/**
 * Secrets in memory: read without waiting, refreshed in the background, served stale while the service is away.
 */
@NullMarked
package dev.tumbler.client.cache;

import org.jspecify.annotations.NullMarked;
