package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.TaggedResources;
import dev.tumbler.emulator.tag.Tags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Each tag of each resource that has all the tags asked for, or one of the keys where a value is not given; all that is
 * <em>assumed</em>, as is that an id which names nothing is left out. {@code NextToken} says which row was the last, so
 * that rows which come and go in between do not move the others.
 *
 * <p>Source: KMS API reference, ListTagResources.
 */
final class ListTagResources implements Action {
    private static final int PAGE_SIZE = 200;

    private final TaggableResources resources;

    ListTagResources(TaggableResources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "ListTagResources";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        TaggedResources type = resources.ofType(parameters);
        List<Row> rows = rows(tags(type, TaggableResources.ids(parameters)), filters(parameters));
        Row last = lastRow(parameters);
        List<Row> left =
                rows.stream().filter(row -> last == null || row.isAfter(last)).toList();
        List<Row> page = left.subList(0, Math.min(PAGE_SIZE, left.size()));
        JsonArray items = new JsonArray();
        page.forEach(row -> items.add(row.render(type.resourceType())));
        JsonObject answer = new JsonObject();
        answer.add("TagResources", Fields.wrapped("TagResource", items));
        if (page.size() < left.size()) {
            answer.addProperty("NextToken", page.get(page.size() - 1).token());
        }
        return CompletableFuture.completedFuture(answer);
    }

    private static Map<String, Tags> tags(TaggedResources type, List<String> ids) {
        if (ids.isEmpty()) {
            return type.tags();
        }
        Map<String, Tags> tags = new LinkedHashMap<>();
        ids.stream().sorted().forEach(id -> type.tagsOf(id).ifPresent(found -> tags.put(id, found)));
        return tags;
    }

    private static List<Parameters> filters(Parameters parameters) {
        List<Parameters> filters = parameters.items("Tag");
        if (filters.size() > Tags.MOST) {
            throw KmsError.invalidParameter("Tag", "At most 20 tags can be given.");
        }
        if (filters.stream().anyMatch(filter -> filter.optional("Key") == null)) {
            throw KmsError.missingParameter("Tag.N.Key");
        }
        return filters;
    }

    private static List<Row> rows(Map<String, Tags> tags, List<Parameters> filters) {
        List<Row> rows = new ArrayList<>();
        tags.forEach((resourceId, ofResource) -> {
            if (filters.stream().allMatch(filter -> ofResource.has(filter.required("Key"), filter.optional("Value")))) {
                ofResource.asList().forEach(tag -> rows.add(new Row(resourceId, tag)));
            }
        });
        return rows;
    }

    private static @Nullable Row lastRow(Parameters parameters) {
        String token = parameters.optional("NextToken");
        return token == null ? null : Row.ofToken(token);
    }

    /** One tag of one resource. Rows are in the order of their resources, then of their keys. */
    private record Row(String resourceId, Tag tag) {
        /** No id and no key of a tag can hold it. */
        private static final String SEPARATOR = "\n";

        static Row ofToken(String token) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(SEPARATOR, -1);
                if (parts.length == 2) {
                    return new Row(parts[0], new Tag(parts[1], ""));
                }
            } catch (IllegalArgumentException e) {
                // Falls through: it is not ours.
            }
            throw KmsError.invalidParameter("NextToken", "It must be one that this action has answered with.");
        }

        String token() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((resourceId + SEPARATOR + tag.key()).getBytes(StandardCharsets.UTF_8));
        }

        boolean isAfter(Row other) {
            int order = resourceId.compareTo(other.resourceId);
            return order == 0 ? tag.key().compareToIgnoreCase(other.tag.key()) > 0 : order > 0;
        }

        JsonObject render(String resourceType) {
            JsonObject item = new JsonObject();
            item.addProperty("ResourceId", resourceId);
            item.addProperty("ResourceType", resourceType);
            item.addProperty("TagKey", tag.key());
            item.addProperty("TagValue", tag.value());
            return item;
        }
    }
}
