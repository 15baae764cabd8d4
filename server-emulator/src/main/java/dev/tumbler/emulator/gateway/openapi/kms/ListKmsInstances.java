package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.key.KmsInstance;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, ListKmsInstances. */
final class ListKmsInstances implements Action {
    private final KmsRegion kms;

    ListKmsInstances(KmsRegion kms) {
        this.kms = kms;
    }

    @Override
    public String name() {
        return "ListKmsInstances";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Page page = Page.of(call.parameters(), 20);
        List<KmsInstance> instances = kms.kmsInstances().in(kms.region());
        JsonArray items = new JsonArray();
        page.of(instances).forEach(instance -> items.add(item(instance)));
        JsonObject answer = new JsonObject();
        answer.add("KmsInstances", Fields.wrapped("KmsInstance", items));
        page.addTo(answer, instances.size());
        return CompletableFuture.completedFuture(answer);
    }

    private JsonObject item(KmsInstance instance) {
        JsonObject item = new JsonObject();
        item.addProperty("KmsInstanceId", instance.id());
        item.addProperty("KmsInstanceArn", instance.arn(kms.accountId()));
        return item;
    }
}
