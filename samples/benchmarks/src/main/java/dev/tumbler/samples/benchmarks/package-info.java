/**
 * What reading a cached secret costs, and logging in with one.
 */
@NullMarked
package dev.tumbler.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
