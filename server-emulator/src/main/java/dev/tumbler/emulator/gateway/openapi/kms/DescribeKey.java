package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.key.Keys;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, DescribeKey. */
final class DescribeKey implements Action {
    private final Keys keys;

    DescribeKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "DescribeKey";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        JsonObject metadata = KeyFields.metadata(keys.describe(call.parameters().required("KeyId")), keys);
        metadata.addProperty("DeletionProtection", "Disabled");
        JsonObject answer = new JsonObject();
        answer.add("KeyMetadata", metadata);
        return CompletableFuture.completedFuture(answer);
    }
}
