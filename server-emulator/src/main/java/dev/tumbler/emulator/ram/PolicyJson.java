package dev.tumbler.emulator.ram;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;

/** Texts in policy documents, where a list of one may be written without its brackets. */
final class PolicyJson {
    private PolicyJson() {}

    static String text(JsonElement element, String where) {
        if (!element.isJsonPrimitive()) {
            throw new IllegalArgumentException(where + " must be a text");
        }
        return element.getAsString();
    }

    static List<String> texts(JsonElement element, String where) {
        List<String> texts = new ArrayList<>();
        if (element instanceof JsonArray array) {
            array.forEach(item -> texts.add(text(item, "Each of " + where)));
        } else {
            texts.add(text(element, where));
        }
        if (texts.isEmpty() || texts.contains("")) {
            throw new IllegalArgumentException(where + " must not be empty");
        }
        return texts;
    }
}
