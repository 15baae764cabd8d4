/**
 * How a password is rotated: the schedule, the strategies, and the workers that run them. It knows databases and their
 * accounts, and no secrets.
 */
@NullMarked
package dev.tumbler.emulator.rotation;

import org.jspecify.annotations.NullMarked;
