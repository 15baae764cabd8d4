package dev.tumbler.emulator.gateway.openapi.sts;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.ram.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Needs no permission. Source: STS API reference, GetCallerIdentity. */
final class GetCallerIdentity implements Action {
    @Override
    public String name() {
        return "GetCallerIdentity";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Principal principal = call.caller().principal();
        JsonObject answer = new JsonObject();
        answer.addProperty("AccountId", principal.accountId());
        answer.addProperty("Arn", principal.arn());
        if (principal instanceof Principal.User user) {
            answer.addProperty("IdentityType", "RAMUser");
            answer.addProperty("UserId", user.user().id());
            answer.addProperty("PrincipalId", user.user().id());
        } else if (principal instanceof Principal.AssumedRole session) {
            answer.addProperty("IdentityType", "AssumedRoleUser");
            answer.addProperty("RoleId", session.role().id());
            answer.addProperty("PrincipalId", session.role().id() + ":" + session.sessionName());
        } else {
            answer.addProperty("IdentityType", "Account");
            answer.addProperty("PrincipalId", principal.accountId());
        }
        return CompletableFuture.completedFuture(answer);
    }
}
