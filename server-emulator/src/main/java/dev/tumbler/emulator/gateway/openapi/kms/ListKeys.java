package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.KeyFilter;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, ListKeys. */
final class ListKeys implements Action {
    private final Keys keys;

    ListKeys(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ListKeys";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        Page page = Page.of(parameters, 10);
        List<KmsKey> matches = keys.list(Filters.parse(parameters).stream()
                .map(filter -> new KeyFilter(property(filter.key()), filter.values()))
                .toList());
        JsonArray items = new JsonArray();
        page.of(matches).forEach(key -> items.add(item(key)));
        JsonObject answer = new JsonObject();
        answer.add("Keys", Fields.wrapped("Key", items));
        page.addTo(answer, matches.size());
        return CompletableFuture.completedFuture(answer);
    }

    private JsonObject item(KmsKey key) {
        JsonObject item = new JsonObject();
        item.addProperty("KeyId", key.keyId());
        item.addProperty("KeyArn", keys.arn(key.keyId()));
        return item;
    }

    private static KeyFilter.Property property(String name) {
        for (KeyFilter.Property property : KeyFilter.Property.values()) {
            if (property.wireName().equals(name)) {
                return property;
            }
        }
        throw KmsError.invalidParameter(
                "Filters", "\"Key\" must be KeyState, KeySpec, KeyUsage, ProtectionLevel or CreatorType.");
    }
}
