package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.Keys;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, ScheduleKeyDeletion. */
final class ScheduleKeyDeletion implements Action {
    private final Keys keys;

    ScheduleKeyDeletion(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ScheduleKeyDeletion";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String keyId = parameters.required("KeyId");
        parameters.required("PendingWindowInDays");
        keys.scheduleDeletion(keyId, parameters.integer("PendingWindowInDays", 0, 7, 366));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
