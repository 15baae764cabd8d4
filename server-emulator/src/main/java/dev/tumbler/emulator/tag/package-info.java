/** What tags may be, of whatever resource: secrets and keys have the same rules. */
@NullMarked
package dev.tumbler.emulator.tag;

import org.jspecify.annotations.NullMarked;
