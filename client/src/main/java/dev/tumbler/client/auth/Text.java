package dev.tumbler.client.auth;

import org.jspecify.annotations.Nullable;

final class Text {
    private Text() {}

    /** Returns a text that says something, or null. */
    static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
