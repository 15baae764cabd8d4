/**
 * Who is calling, and what they may do: access keys, both request signatures, replayed nonces and expired timestamps; users,
 * roles, sessions and policies.
 */
@NullMarked
package dev.tumbler.emulator.ram;

import org.jspecify.annotations.NullMarked;
