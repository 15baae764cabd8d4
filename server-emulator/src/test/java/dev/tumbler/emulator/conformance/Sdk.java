package dev.tumbler.emulator.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An official SDK as a caller of actions. */
interface Sdk extends AutoCloseable {
    /**
     * Calls an action through the SDK's typed classes, or its generic call where they lack something.
     *
     * @param parameters by their names on the wire; a value is text, a number, a boolean, a list or a map
     * @return the fields of the SDK's response by their names on the wire, without nulls and empty lists: not all SDKs
     *     tell these from absence. A list comes without its wrapper: {@code VersionStages → ["ACSCurrent"]}
     * @throws ServiceError if the service refused
     */
    Map<String, Object> call(String action, Map<String, ?> parameters);

    /** Ends what the SDK keeps open; most keep nothing. */
    @Override
    default void close() {}

    /** Lists and maps as the RPC style numbers them: {@code Tag.1.Key}. */
    static Map<String, String> flat(Map<String, ?> parameters) {
        Map<String, String> flat = new LinkedHashMap<>();
        parameters.forEach((name, value) -> flatten(name, value, flat));
        return flat;
    }

    private static void flatten(String name, Object value, Map<String, String> into) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(name + "." + (i + 1), list.get(i), into);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> flatten(name + "." + key, member, into));
        } else {
            into.put(name, String.valueOf(value));
        }
    }

    /** A parameter as a field of an SDK's request holds it; empty if it cannot. */
    static Optional<Object> parsed(Class<?> type, String text) {
        if (type == String.class) {
            return Optional.of(text);
        }
        if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
            return Optional.of(Boolean.valueOf(text));
        }
        if (type == Integer.class && text.matches("-?\\d{1,9}")) {
            return Optional.of(Integer.valueOf(text));
        }
        if (type == Map.class) {
            try {
                return Optional.ofNullable(new Gson().fromJson(text, JsonObject.class))
                        .map(object -> new Gson().fromJson(object, Map.class));
            } catch (JsonParseException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Leaves out nulls, empty lists and the wrappers of lists. */
    static Map<String, Object> fields(Map<?, ?> body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            Object field = field(value);
            if (field != null && !List.of().equals(field)) {
                fields.put((String) name, field);
            }
        });
        return fields;
    }

    private static Object field(Object value) {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(field(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Object only = map.size() == 1 ? map.values().iterator().next() : null;
            return only instanceof List<?> ? field(only) : fields(map);
        }
        return value;
    }
}
