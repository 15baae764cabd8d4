/**
 * Drills: an application's own operation, run by many threads while its secret rotates and the KMS fails, and a verdict on
 * whether it survives. JUnit is not needed.
 */
@NullMarked
package dev.tumbler.testkit.drill;

import org.jspecify.annotations.NullMarked;
