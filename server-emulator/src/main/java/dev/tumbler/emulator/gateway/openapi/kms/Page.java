package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import java.util.List;

/** {@code PageNumber} and {@code PageSize}. A page past the end is empty. <em>Assumed.</em> */
record Page(int number, int size) {
    private static final int MAX_SIZE = 100;

    static Page of(Parameters parameters, int defaultSize) {
        return new Page(
                parameters.integer("PageNumber", 1, 1, Integer.MAX_VALUE),
                parameters.integer("PageSize", defaultSize, 1, MAX_SIZE));
    }

    <T> List<T> of(List<T> all) {
        return all.stream().skip((number - 1L) * size).limit(size).toList();
    }

    void addTo(JsonObject answer, int totalCount) {
        answer.addProperty("PageNumber", number);
        answer.addProperty("PageSize", size);
        answer.addProperty("TotalCount", totalCount);
    }
}
