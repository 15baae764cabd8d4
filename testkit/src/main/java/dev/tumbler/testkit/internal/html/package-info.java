/** How the testkit's pages look. Not for users. */
@NullMarked
package dev.tumbler.testkit.internal.html;

import org.jspecify.annotations.NullMarked;
