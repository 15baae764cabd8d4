/** Secrets and keys in a file, sealed, so that they outlive the process. */
@NullMarked
package dev.tumbler.emulator.store;

import org.jspecify.annotations.NullMarked;
