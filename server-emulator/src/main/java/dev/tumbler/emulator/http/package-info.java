/**
 * Bytes to requests and back: the HTTP engine, TLS on the same port, and the limits on what is read.
 */
@NullMarked
package dev.tumbler.emulator.http;

import org.jspecify.annotations.NullMarked;
