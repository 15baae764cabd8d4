package dev.tumbler.emulator.http;

import java.util.Optional;

/** Path and query of a request line, both still encoded. */
record RequestTarget(String path, String rawQuery) {
    /** Reads the origin form, and the absolute form that clients send to a proxy; empty for any other. */
    static Optional<RequestTarget> parse(String uri) {
        if (uri.startsWith("/")) {
            return Optional.of(split(uri));
        }
        if (startsWithIgnoreCase(uri, "http://") || startsWithIgnoreCase(uri, "https://")) {
            int authority = uri.indexOf("//") + 2;
            int end = authority;
            while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
                end++;
            }
            return Optional.of(split(uri.substring(end)));
        }
        return Optional.empty();
    }

    private static RequestTarget split(String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        return new RequestTarget(path.isEmpty() ? "/" : path, mark < 0 ? "" : pathAndQuery.substring(mark + 1));
    }

    private static boolean startsWithIgnoreCase(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** The path alone. */
    @Override
    public String toString() {
        return path;
    }
}
