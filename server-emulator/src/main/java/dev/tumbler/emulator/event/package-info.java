/** What happened to secrets, for whoever wants to know. No event holds a secret's value. */
@NullMarked
package dev.tumbler.emulator.event;

import org.jspecify.annotations.NullMarked;
