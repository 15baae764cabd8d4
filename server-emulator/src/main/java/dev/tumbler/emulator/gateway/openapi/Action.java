package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonObject;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One action of an API: reads its parameters, asks the domain, and says which fields the answer has. */
public interface Action {
    /** The name in {@code Action}. */
    String name();

    /** Whether it can be called without a signature. */
    default boolean isAnonymous() {
        return false;
    }

    /** The HTTP methods by which it can be called. */
    default Set<String> methods() {
        return Set.of("GET", "POST");
    }

    /**
     * Runs it. The fields of the answer come without {@code RequestId}, lists wrapped as the SDKs' models have them
     * ({@code {"Tags":{"Tag":[…]}}}); those that do not apply are left out.
     *
     * @throws dev.tumbler.emulator.error.KmsError if the service refuses; the stage may also fail with one
     */
    CompletionStage<JsonObject> call(Call call);
}
