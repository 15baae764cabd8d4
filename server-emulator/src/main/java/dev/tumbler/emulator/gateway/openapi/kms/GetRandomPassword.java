package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.RandomPassword;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Source: KMS API reference, GetRandomPassword. */
final class GetRandomPassword implements Action {
    private static final int DEFAULT_LENGTH = 32;

    private final RandomGenerator random;

    GetRandomPassword(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "GetRandomPassword";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        Set<RandomPassword.Kind> kinds = EnumSet.noneOf(RandomPassword.Kind.class);
        for (RandomPassword.Kind kind : RandomPassword.Kind.values()) {
            if (!parameters.flag("Exclude" + kind.wireName())) {
                kinds.add(kind);
            }
        }
        RandomPassword password = new RandomPassword(
                parameters.integer("PasswordLength", DEFAULT_LENGTH, RandomPassword.SHORTEST, RandomPassword.LONGEST),
                kinds,
                parameters.optional("ExcludeCharacters", ""),
                parameters.flag("RequireEachIncludedType"));
        JsonObject answer = new JsonObject();
        answer.addProperty("RandomPassword", password.draw(random));
        return CompletableFuture.completedFuture(answer);
    }
}
