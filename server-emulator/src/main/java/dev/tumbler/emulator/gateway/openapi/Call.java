package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.ram.Caller;
import java.util.Map;

/**
 * One call of an action.
 *
 * @param parameters what it was called with
 * @param caller who called it
 * @param context what policies may ask about the request: condition keys and their values
 */
public record Call(Parameters parameters, Caller caller, Map<String, String> context) {
    public Call {
        context = Map.copyOf(context);
    }
}
