/**
 * Who is calling: access keys, both request signatures, replayed nonces and expired timestamps.
 */
@NullMarked
package dev.tumbler.emulator.ram;

import org.jspecify.annotations.NullMarked;
