/**
 * What reading a cached secret costs, and logging in with one; and what a virtual year of rotations costs the emulator.
 */
@NullMarked
package dev.tumbler.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
