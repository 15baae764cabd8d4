/**
 * The way to the service and back, over OkHttp.
 */
@NullMarked
package dev.tumbler.client.internal.http;

import org.jspecify.annotations.NullMarked;
