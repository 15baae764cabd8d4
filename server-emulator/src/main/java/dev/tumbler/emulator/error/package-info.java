/**
 * The service's errors: code, HTTP status and message, each written down once.
 */
@NullMarked
package dev.tumbler.emulator.error;

import org.jspecify.annotations.NullMarked;
