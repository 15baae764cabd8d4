package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Takes a key and answers nothing. Source: KMS API reference, EnableKey, DisableKey and CancelKeyDeletion. */
final class ChangeKeyState implements Action {
    private final String name;
    private final Consumer<String> change;

    ChangeKeyState(String name, Consumer<String> change) {
        this.name = name;
        this.change = change;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        change.accept(call.parameters().required("KeyId"));
        return CompletableFuture.completedFuture(new JsonObject());
    }
}
