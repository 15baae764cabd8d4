package dev.tumbler.client.internal.http;

/** How the client introduces itself. */
final class UserAgent {
    static final String TEXT =
            "Tumbler/" + version() + " Java/" + Runtime.version().feature();

    private UserAgent() {}

    /** The manifest of the jar has it; classes outside of a jar have none. */
    private static String version() {
        String version = UserAgent.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
