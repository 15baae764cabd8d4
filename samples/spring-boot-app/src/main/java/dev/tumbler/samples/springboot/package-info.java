/** A shop whose database password is in KMS. */
@NullMarked
package dev.tumbler.samples.springboot;

import org.jspecify.annotations.NullMarked;
