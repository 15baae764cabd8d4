/** What the tests of a run asked of their emulators, and the files that tell it. Not for users. */
@NullMarked
package dev.tumbler.testkit.internal.run;

import org.jspecify.annotations.NullMarked;
