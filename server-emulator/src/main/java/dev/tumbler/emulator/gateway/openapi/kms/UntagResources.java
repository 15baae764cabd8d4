package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, UntagResources. */
final class UntagResources implements Action {
    private final TaggableResources resources;

    UntagResources(TaggableResources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "UntagResources";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        TaggableResources.Many named = resources.many(parameters);
        List<String> keys = parameters.list("TagKey");
        boolean all = parameters.flag("All");
        if (keys.isEmpty() && !all) {
            throw KmsError.missingParameter("TagKey.1");
        }
        if (keys.size() > Tags.MOST) {
            throw KmsError.invalidParameter("TagKey", "At most 20 keys can be given.");
        }
        Tags.checkKeys("TagKey", keys);
        named.change(old -> keys.isEmpty() ? Tags.NONE : old.without(keys));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
