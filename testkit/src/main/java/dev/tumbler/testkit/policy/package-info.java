/** Which RAM permissions a program needs, told from what it did. */
@NullMarked
package dev.tumbler.testkit.policy;

import org.jspecify.annotations.NullMarked;
