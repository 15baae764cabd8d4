/** What was asked of the emulator, by whom, and how it ended; never a secret value. */
@NullMarked
package dev.tumbler.emulator.journal;

import org.jspecify.annotations.NullMarked;
