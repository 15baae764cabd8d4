package dev.tumbler.emulator.gateway.openapi.sts;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.ram.AccessRequest;
import dev.tumbler.emulator.ram.SessionCredentials;
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
        AccessRequest need = new AccessRequest("sts:AssumeRole", request.roleArn(), call.context());
        SessionCredentials session;
        try {
            session = sts.assumeRole(call.caller().principal(), request);
        } catch (KmsError e) {
            if (e.code().equals("NoPermission")) {
                call.used(need, false);
            }
            throw e;
        }
        call.used(need, true);
        return CompletableFuture.completedFuture(SessionFields.answer(session));
    }
}
