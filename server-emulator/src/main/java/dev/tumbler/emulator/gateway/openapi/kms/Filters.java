package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code Filters} of a listing. Source: KMS API reference, ListSecrets and ListKeys. */
final class Filters {
    private static final int MAX_FILTERS = 10;
    private static final String SHAPE = "[{\"Key\":\"…\",\"Values\":[\"…\"]}]";

    private Filters() {}

    /** The filters, whatever their keys; none if they are not given. */
    static List<Filter> parse(Parameters parameters) {
        List<Filter> filters = new ArrayList<>();
        if (parameters.optional("Filters") == null) {
            return filters;
        }
        JsonArray array = parameters.json("Filters", JsonArray.class, SHAPE);
        if (array.size() > MAX_FILTERS) {
            throw KmsError.invalidParameter("Filters", "At most 10 filters can be given.");
        }
        for (JsonElement element : array) {
            filters.add(filter(element));
        }
        return filters;
    }

    private static Filter filter(JsonElement element) {
        if (!(element instanceof JsonObject filter)
                || filter.get("Key") == null
                || !filter.get("Key").isJsonPrimitive()
                || !(filter.get("Values") instanceof JsonArray values)) {
            throw KmsError.invalidParameter("Filters", "It must be JSON of the form " + SHAPE);
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonElement value : values) {
            if (!value.isJsonPrimitive()) {
                throw KmsError.invalidParameter("Filters", "It must be JSON of the form " + SHAPE);
            }
            texts.add(value.getAsString());
        }
        return new Filter(filter.get("Key").getAsString(), texts);
    }

    /** One of them. */
    record Filter(String key, Set<String> values) {}
}
