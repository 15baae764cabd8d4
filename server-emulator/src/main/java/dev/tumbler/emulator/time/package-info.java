/**
 * The emulator's clock. Nothing outside this package asks the system for the time or waits for it to pass.
 */
@NullMarked
package dev.tumbler.emulator.time;

import org.jspecify.annotations.NullMarked;
