/** Faults that are made to happen: which calls they meet, how often, and what their callers get. */
@NullMarked
package dev.tumbler.emulator.fault;

import org.jspecify.annotations.NullMarked;
