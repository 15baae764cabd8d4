/**
 * The rules of secrets: versions and their stages, tags, deletion, and what a rotation does to them. No HTTP and no
 * JSON; broken rules are {@link dev.tumbler.emulator.error.KmsError}s that name the service's parameters.
 */
@NullMarked
package dev.tumbler.emulator.secret;

import org.jspecify.annotations.NullMarked;
