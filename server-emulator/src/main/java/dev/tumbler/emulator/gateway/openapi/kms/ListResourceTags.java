package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsKey;
import dev.tumbler.emulator.tag.Tag;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tags of one key; those of a secret are told by DescribeSecret. Source: KMS API reference, ListResourceTags. */
final class ListResourceTags implements Action {
    private final Keys keys;

    ListResourceTags(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ListResourceTags";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        KmsKey key = keys.describe(call.parameters().required("KeyId"));
        JsonArray tags = new JsonArray();
        key.tags().asList().forEach(tag -> tags.add(item(key, tag)));
        JsonObject answer = new JsonObject();
        answer.add("Tags", Fields.wrapped("Tag", tags));
        return CompletableFuture.completedFuture(answer);
    }

    private static JsonElement item(KmsKey key, Tag tag) {
        JsonObject item = new JsonObject();
        item.addProperty("KeyId", key.keyId());
        item.addProperty("TagKey", tag.key());
        item.addProperty("TagValue", tag.value());
        return item;
    }
}
