package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, UntagResource. */
final class UntagResource implements Action {
    private final TaggableResources resources;

    UntagResource(TaggableResources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "UntagResource";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        TaggableResources.One resource = resources.one(parameters);
        parameters.required("TagKeys");
        List<String> keys = parameters.list("TagKeys");
        Tags.checkKeys("TagKeys", keys);
        resource.change(old -> old.without(keys));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
