/** Assertions about an emulator and about drills, in AssertJ's manner; they need {@code org.assertj:assertj-core} on the classpath. */
@NullMarked
package dev.tumbler.testkit.assertj;

import org.jspecify.annotations.NullMarked;
