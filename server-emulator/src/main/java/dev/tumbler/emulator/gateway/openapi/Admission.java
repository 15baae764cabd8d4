package dev.tumbler.emulator.gateway.openapi;

/** Stands before the actions of an API, and lets a call in or refuses it. */
@FunctionalInterface
public interface Admission {
    /**
     * Lets a call in.
     *
     * @param action the name of the action
     * @throws dev.tumbler.emulator.error.KmsError if it is refused
     */
    void admit(String action, Call call);
}
