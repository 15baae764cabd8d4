package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tags;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, TagResource. */
final class TagResource implements Action {
    private static final int MOST = 10;

    private final TaggableResources resources;

    TagResource(TaggableResources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "TagResource";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        TaggableResources.One resource = resources.one(parameters);
        parameters.required("Tags");
        Tags tags = TagFields.parse(parameters, MOST);
        resource.change(old -> old.with(tags));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
