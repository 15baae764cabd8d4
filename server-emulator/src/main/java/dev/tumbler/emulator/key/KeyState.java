package dev.tumbler.emulator.key;

/** What can be done with a key. Source: KMS API reference, "Impact of CMK status on API operations". */
public enum KeyState {
    /** Everything. */
    ENABLED("Enabled"),
    /** No cryptography until it is enabled again. */
    DISABLED("Disabled"),
    /** No cryptography; gone at the end of its window, unless the deletion is cancelled. */
    PENDING_DELETION("PendingDeletion"),
    /** No cryptography: the key material is the user's own and was not imported. */
    PENDING_IMPORT("PendingImport");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code KeyState}. */
    public String wireName() {
        return wireName;
    }
}
