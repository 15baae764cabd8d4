package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.tumbler.emulator.error.KmsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call, by the rules that all actions share: an empty text means "not given", integers are
 * decimal, booleans are {@code true} or {@code false}.
 */
public final class Parameters {
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,9})([dhms])");

    /** The number of an element, and the name of its member if it has any. */
    private static final Pattern ITEM = Pattern.compile("(\\d{1,9})(?:\\.(.+))?");

    private final Map<String, String> values;

    /** @param values decoded names and values */
    public Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** The parameter, or the error that it is missing. */
    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw KmsError.missingParameter(name);
        }
        return value;
    }

    /** The parameter, or null if it was not given. */
    public @Nullable String optional(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The parameter, or the fallback if it was not given. */
    public String optional(String name, String fallback) {
        String value = optional(name);
        return value == null ? fallback : value;
    }

    /** Whether the parameter was given, if only as an empty text. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The elements of a list, {@code Name.1}, {@code Name.2}, …, in the order of their numbers; empty ones do not count.
     * The samples of the documentation have them as one JSON array, so that is taken too.
     */
    public List<String> list(String name) {
        if (optional(name) == null) {
            return items(name).stream()
                    .map(item -> item.optional(""))
                    .filter(Objects::nonNull)
                    .toList();
        }
        List<String> elements = new ArrayList<>();
        for (JsonElement element : json(name, JsonArray.class, "[\"…\"]")) {
            if (!(element instanceof JsonPrimitive text) || !text.isString()) {
                throw KmsError.invalidParameter(name, "It must be JSON of the form [\"…\"]");
            }
            elements.add(text.getAsString());
        }
        return elements;
    }

    /** The elements of a list of structures: {@code Tag.1.Key} is the parameter {@code Key} of the first of {@code Tag}. */
    public List<Parameters> items(String name) {
        NavigableMap<Integer, Map<String, String>> items = new TreeMap<>();
        members(name).forEach((member, value) -> {
            Matcher matcher = ITEM.matcher(member);
            if (matcher.matches()) {
                items.computeIfAbsent(Integer.valueOf(matcher.group(1)), number -> new HashMap<>())
                        .put(matcher.group(2) == null ? "" : matcher.group(2), value);
            }
        });
        return items.values().stream().map(Parameters::new).toList();
    }

    /** The members of a structure, {@code Name.Member}, in the order in which they came; also those that are empty. */
    public Map<String, String> members(String name) {
        String prefix = name + ".";
        Map<String, String> members = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                members.put(key.substring(prefix.length()), value);
            }
        });
        return members;
    }

    /** A boolean, false if it was not given. */
    public boolean flag(String name) {
        String value = optional(name, "false");
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        if (value.equalsIgnoreCase("false")) {
            return false;
        }
        throw KmsError.invalidParameter(name, "It must be true or false.");
    }

    /** An integer within bounds, both included; the fallback if it was not given. */
    public int integer(String name, int fallback, int least, int most) {
        String value = optional(name);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that names the rule.
        }
        throw KmsError.invalidParameter(
                name,
                most == Integer.MAX_VALUE
                        ? "It must be an integer of at least " + least + "."
                        : "It must be an integer from " + least + " to " + most + ".");
    }

    /** An interval like {@code 7d}, {@code 6h} or {@code 604800s}. */
    public Duration interval(String name) {
        Matcher matcher = INTERVAL.matcher(required(name));
        if (!matcher.matches()) {
            throw KmsError.invalidParameter(name, "It must be an integer and a unit of d, h, m or s, such as 7d.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** Text that must be JSON of one kind; the parameter may hold secrets, so errors do not quote it. */
    public <T extends JsonElement> T json(String name, Class<T> kind, String shape) {
        JsonElement element = Json.parse(required(name));
        if (kind.isInstance(element)) {
            return kind.cast(element);
        }
        throw KmsError.invalidParameter(name, "It must be JSON of the form " + shape);
    }
}
