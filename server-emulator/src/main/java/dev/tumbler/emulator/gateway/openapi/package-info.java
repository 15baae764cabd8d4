/**
 * An OpenAPI of RPC style over HTTP: parse, authenticate, dispatch, render. Which actions there are, the packages below
 * say: one for each API.
 */
@NullMarked
package dev.tumbler.emulator.gateway.openapi;

import org.jspecify.annotations.NullMarked;
