package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, TagResources. */
final class TagResources implements Action {
    private final TaggableResources resources;

    TagResources(TaggableResources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "TagResources";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        TaggableResources.Many named = resources.many(parameters);
        List<Tag> tags = TagFields.items(parameters);
        if (tags.isEmpty()) {
            throw KmsError.missingParameter("Tag.1.Key");
        }
        Tags added = Tags.of("Tag", tags, Tags.MOST);
        named.change(old -> old.with(added));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
