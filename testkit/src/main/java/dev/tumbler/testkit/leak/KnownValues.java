package dev.tumbler.testkit.leak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The values that must not be found, and the search for them. Thread-safe. */
final class KnownValues {
    /** Shorter ones stand in many a text by chance. */
    static final int SHORTEST = 8;

    private static final Pattern CONFIDENTIAL_NAME =
            Pattern.compile("(?i).*(password|passwd|pwd|secret|token|key|credential).*");
    private static final int EXCERPT = 160;
    private static final String MASK = "***";

    /** By the value, what to call it. */
    private final Map<String, String> values = new ConcurrentHashMap<>();

    /** Adds a value, and of a JSON object the members whose names say that they are confidential. */
    void add(String name, String value) {
        if (value.length() >= SHORTEST) {
            values.putIfAbsent(value, name);
        }
        if (value.startsWith("{")) {
            addMembers(name, value);
        }
    }

    private void addMembers(String name, String value) {
        JsonElement json;
        try {
            json = JsonParser.parseString(value);
        } catch (JsonParseException e) {
            return;
        }
        if (json instanceof JsonObject object) {
            object.entrySet().forEach(member -> {
                if (CONFIDENTIAL_NAME.matcher(member.getKey()).matches()
                        && member.getValue().isJsonPrimitive()
                        && member.getValue().getAsString().length() >= SHORTEST) {
                    values.putIfAbsent(member.getValue().getAsString(), member.getKey() + " in " + name);
                }
            });
        }
    }

    /** All forms of all values, the longest first, so that masking leaves no part of one. */
    List<Needle> needles() {
        List<Needle> needles = new ArrayList<>();
        values.forEach(
                (value, name) -> Forms.of(value).forEach((text, form) -> needles.add(new Needle(text, name, form))));
        needles.sort(Comparator.comparing(needle -> -needle.text().length()));
        return needles;
    }

    /** One form of one value. */
    record Needle(String text, String value, String form) {
        @Override
        public String toString() {
            return "Needle[" + value + ", " + form + "]";
        }
    }

    /** The first place in a text for each value that stands in it. */
    static List<Leak> search(String place, String text, List<Needle> needles) {
        List<Leak> leaks = new ArrayList<>();
        for (Needle needle : needles) {
            int at = text.indexOf(needle.text());
            if (at >= 0 && leaks.stream().noneMatch(leak -> leak.value().equals(needle.value()))) {
                leaks.add(new Leak(
                        place,
                        needle.value(),
                        needle.form(),
                        excerpt(text, at, needle.text().length(), needles)));
            }
        }
        return leaks;
    }

    private static String excerpt(String text, int at, int length, List<Needle> needles) {
        int begin = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at + length);
        // Marks the place before the masks of other values may move it.
        String before = mask(text.substring(begin, at), needles);
        String after = mask(text.substring(at + length, end < 0 ? text.length() : end), needles);
        String shortBefore =
                before.length() > EXCERPT ? "…" + before.substring(before.length() - EXCERPT) : before.stripLeading();
        String shortAfter = after.length() > EXCERPT ? after.substring(0, EXCERPT) + "…" : after.stripTrailing();
        return shortBefore + MASK + shortAfter;
    }

    static String mask(String text, List<Needle> needles) {
        String masked = text;
        for (Needle needle : needles) {
            masked = masked.replace(needle.text(), MASK);
        }
        return masked;
    }
}
