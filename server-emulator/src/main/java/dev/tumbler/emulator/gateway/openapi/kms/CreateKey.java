package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.KeySpec;
import dev.tumbler.emulator.key.KeyUsage;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsKey;
import dev.tumbler.emulator.key.NewKey;
import dev.tumbler.emulator.tag.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Source: KMS API reference, CreateKey. */
final class CreateKey implements Action {
    private final Keys keys;

    CreateKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "CreateKey";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        NewKey request = new NewKey(
                value(parameters, "KeySpec", KeySpec.values(), KeySpec::wireName, KeySpec.AES_256),
                usage(parameters),
                value(parameters, "Origin", KmsKey.Origin.values(), KmsKey.Origin::wireName, KmsKey.Origin.ALIYUN_KMS),
                value(
                        parameters,
                        "ProtectionLevel",
                        KmsKey.ProtectionLevel.values(),
                        KmsKey.ProtectionLevel::name,
                        KmsKey.ProtectionLevel.SOFTWARE),
                parameters.optional("Description", ""),
                parameters.optional("DKMSInstanceId"),
                TagFields.parse(parameters, Tags.MOST));
        if (parameters.flag("EnableAutomaticRotation")) {
            requireRotationInterval(parameters.interval("RotationInterval"));
            throw KmsError.unsupportedOperation(
                    "The emulator does not rotate keys; leave \"EnableAutomaticRotation\" out.");
        }
        if (parameters.optional("Policy") != null) {
            throw KmsError.unsupportedOperation("The emulator keeps no key policies; leave \"Policy\" out.");
        }
        JsonObject answer = new JsonObject();
        answer.add("KeyMetadata", KeyFields.metadata(keys.create(request), keys));
        return CompletableFuture.completedFuture(answer);
    }

    private static void requireRotationInterval(Duration interval) {
        if (interval.compareTo(Duration.ofDays(7)) < 0 || interval.compareTo(Duration.ofDays(365)) > 0) {
            throw KmsError.invalidParameter("RotationInterval", "It must be from 7d to 365d.");
        }
    }

    private static @Nullable KeyUsage usage(Parameters parameters) {
        return parameters.optional("KeyUsage") == null
                ? null
                : value(parameters, "KeyUsage", KeyUsage.values(), KeyUsage::wireName, KeyUsage.ENCRYPT_DECRYPT);
    }

    /** One of a fixed set; case counts. */
    private static <T> T value(
            Parameters parameters, String name, T[] values, Function<T, String> wireName, T fallback) {
        String text = parameters.optional(name);
        if (text == null) {
            return fallback;
        }
        return Arrays.stream(values)
                .filter(value -> wireName.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> KmsError.invalidParameter(
                        name,
                        "It must be one of "
                                + Arrays.stream(values).map(wireName).collect(Collectors.joining(", ")) + "."));
    }
}
