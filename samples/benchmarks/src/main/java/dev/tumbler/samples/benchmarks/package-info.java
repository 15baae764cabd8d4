/**
 * What reading a cached secret costs, and logging in with one; what a virtual year of rotations costs the emulator;
 * and what a fleet of clients asks of the service.
 */
@NullMarked
package dev.tumbler.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
