package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.ram.Caller;

/**
 * One call of an action.
 *
 * @param parameters what it was called with
 * @param caller who called it
 */
public record Call(Parameters parameters, Caller caller) {}
