/**
 * An application that keeps querying PostgreSQL while its password rotates.
 */
@NullMarked
package dev.tumbler.samples.rotation;

import org.jspecify.annotations.NullMarked;
