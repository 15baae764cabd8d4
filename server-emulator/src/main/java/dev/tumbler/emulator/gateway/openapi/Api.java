package dev.tumbler.emulator.gateway.openapi;

import java.util.List;

/**
 * An API that a gateway answers. Requests name it by its version: no two of the service's have the same.
 *
 * @param version the date in {@code Version}
 * @param admissions whom each call has to pass before its action runs, in this order
 * @param actions what it can be asked
 */
public record Api(String version, List<Admission> admissions, List<Action> actions) {
    public Api {
        admissions = List.copyOf(admissions);
        actions = List.copyOf(actions);
    }
}
