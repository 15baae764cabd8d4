/**
 * Tumbler's KMS emulator as a JUnit Jupiter extension.
 */
@NullMarked
package dev.tumbler.testkit;

import org.jspecify.annotations.NullMarked;
