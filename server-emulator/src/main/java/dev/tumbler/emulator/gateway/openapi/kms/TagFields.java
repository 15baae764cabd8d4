package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tags in parameters and answers. */
final class TagFields {
    private static final String SHAPE = "[{\"TagKey\":\"k\",\"TagValue\":\"v\"}]";

    private TagFields() {}

    /** The tags of {@code Tags}, a JSON array as text; none if it is not given. */
    static Tags parse(Parameters parameters, int most) {
        if (parameters.optional("Tags") == null) {
            return Tags.NONE;
        }
        List<Tag> tags = new ArrayList<>();
        for (JsonElement element : parameters.json("Tags", JsonArray.class, SHAPE)) {
            if (!(element instanceof JsonObject tag)
                    || !isText(tag.get("TagKey"))
                    || !(tag.get("TagValue") == null || isText(tag.get("TagValue")))) {
                throw KmsError.invalidParameter("Tags", "It must be JSON of the form " + SHAPE);
            }
            JsonElement value = tag.get("TagValue");
            tags.add(new Tag(tag.get("TagKey").getAsString(), value == null ? "" : value.getAsString()));
        }
        return Tags.of("Tags", tags, most);
    }

    /** The tags of {@code Tag.N.Key} and {@code Tag.N.Value}. */
    static List<Tag> items(Parameters parameters) {
        return parameters.items("Tag").stream()
                .map(item -> new Tag(item.optional("Key", ""), item.optional("Value", "")))
                .toList();
    }

    /** {@code Tags} of an answer. */
    static JsonObject render(Tags tags) {
        JsonArray array = new JsonArray();
        for (Tag tag : tags.asList()) {
            JsonObject item = new JsonObject();
            item.addProperty("TagKey", tag.key());
            item.addProperty("TagValue", tag.value());
            array.add(item);
        }
        return Fields.wrapped("Tag", array);
    }

    private static boolean isText(@Nullable JsonElement element) {
        return element != null && element.isJsonPrimitive();
    }
}
