package dev.tumbler.emulator.gateway.openapi;

import java.util.List;

/**
 * An API that a gateway answers. Requests name it by its version: no two of the service's have the same.
 *
 * @param version the date in {@code Version}
 * @param actions what it can be asked
 */
public record Api(String version, List<Action> actions) {
    public Api {
        actions = List.copyOf(actions);
    }
}
