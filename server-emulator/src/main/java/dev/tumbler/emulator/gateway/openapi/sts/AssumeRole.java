package dev.tumbler.emulator.gateway.openapi.sts;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.ram.Sts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Without {@code ExternalId}, which is ignored. Source: STS API reference, AssumeRole. */
final class AssumeRole implements Action {
    private final Sts sts;

    AssumeRole(Sts sts) {
        this.sts = sts;
    }

    @Override
    public String name() {
        return "AssumeRole";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Sts.Request request =
                SessionFields.request(call.parameters(), SessionFields.required(call.parameters(), "RoleSessionName"));
        return CompletableFuture.completedFuture(
                SessionFields.answer(sts.assumeRole(call.caller().principal(), request)));
    }
}
