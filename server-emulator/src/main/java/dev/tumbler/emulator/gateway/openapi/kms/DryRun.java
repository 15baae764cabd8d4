package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import java.util.function.Supplier;

/**
 * {@code DryRun}: a call that always fails, and says how it would have ended. The statuses are <em>assumed</em>.
 *
 * <p>Source: KMS API reference, GetSecretValue, Encrypt, Decrypt and GenerateDataKey, DryRun.
 */
final class DryRun {
    private DryRun() {}

    /** What {@code call}, which changes nothing, answers; never anything if the parameters ask for a dry run. */
    static JsonObject respecting(Parameters parameters, Supplier<JsonObject> call) {
        if (!parameters.flag("DryRun")) {
            return call.get();
        }
        try {
            var unused = call.get();
        } catch (KmsError e) {
            throw failed(parameters, e);
        }
        throw KmsError.of(400, "DryRunOperationError", "The request would have succeeded, but DryRun is set.");
    }

    /** How a call that fails with {@code error} says so. */
    static KmsError failed(Parameters parameters, KmsError error) {
        return parameters.flag("DryRun") && error.status() == 400
                ? KmsError.of(400, "ValidationError", error.getMessage())
                : error;
    }
}
