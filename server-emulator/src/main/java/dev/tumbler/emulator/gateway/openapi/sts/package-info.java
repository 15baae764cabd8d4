/**
 * The STS API, version 2015-04-01, as the official credentials library calls it.
 */
@NullMarked
package dev.tumbler.emulator.gateway.openapi.sts;

import org.jspecify.annotations.NullMarked;
