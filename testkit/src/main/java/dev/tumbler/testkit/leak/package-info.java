/** Finds secret values where they must not be: in output, logs, exceptions and thread names. */
@NullMarked
package dev.tumbler.testkit.leak;

import org.jspecify.annotations.NullMarked;
