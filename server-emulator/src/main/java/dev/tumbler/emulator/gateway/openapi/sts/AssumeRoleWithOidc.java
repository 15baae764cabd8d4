package dev.tumbler.emulator.gateway.openapi.sts;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.ram.Sts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Unsigned. The answer has no {@code OIDCTokenInfo}: the token is not read. Source: STS API reference,
 * AssumeRoleWithOIDC.
 */
final class AssumeRoleWithOidc implements Action {
    private static final String DEFAULT_SESSION_NAME = "oidc";

    private final Sts sts;

    AssumeRoleWithOidc(Sts sts) {
        this.sts = sts;
    }

    @Override
    public String name() {
        return "AssumeRoleWithOIDC";
    }

    @Override
    public boolean isAnonymous() {
        return true;
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        Sts.Request request =
                SessionFields.request(parameters, parameters.optional("RoleSessionName", DEFAULT_SESSION_NAME));
        return CompletableFuture.completedFuture(SessionFields.answer(sts.assumeRoleWithOidc(
                SessionFields.required(parameters, "OIDCProviderArn"),
                SessionFields.required(parameters, "OIDCToken"),
                request)));
    }
}
