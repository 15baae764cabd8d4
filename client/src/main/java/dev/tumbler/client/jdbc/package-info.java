/**
 * Database connections whose account and password come from a secret, and that survive its rotation.
 *
 * <p>{@link dev.tumbler.client.jdbc.TumblerDriver} needs a URL and no code;
 * {@link dev.tumbler.client.jdbc.TumblerDataSource} shares a cache that the application has.
 */
@NullMarked
package dev.tumbler.client.jdbc;

import org.jspecify.annotations.NullMarked;
