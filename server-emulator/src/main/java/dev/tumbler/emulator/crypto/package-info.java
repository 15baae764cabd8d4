/** Encryption of what is kept. */
@NullMarked
package dev.tumbler.emulator.crypto;

import org.jspecify.annotations.NullMarked;
