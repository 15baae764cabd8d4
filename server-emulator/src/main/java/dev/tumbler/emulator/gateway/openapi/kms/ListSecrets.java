package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretFilter;
import dev.tumbler.emulator.secret.Secrets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, ListSecrets. */
final class ListSecrets implements Action {
    private final Secrets secrets;

    ListSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "ListSecrets";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        Page page = Page.of(parameters, 10);
        boolean fetchTags = parameters.flag("FetchTags");
        List<Secret> matches = secrets.list(filters(parameters));
        JsonArray items = new JsonArray();
        page.of(matches).forEach(secret -> items.add(item(secret, fetchTags)));
        JsonObject answer = new JsonObject();
        answer.add("SecretList", Fields.wrapped("Secret", items));
        page.addTo(answer, matches.size());
        return CompletableFuture.completedFuture(answer);
    }

    private static JsonObject item(Secret secret, boolean fetchTags) {
        JsonObject item = new JsonObject();
        item.addProperty("SecretName", secret.name());
        item.addProperty("SecretType", secret.type().wireName());
        item.addProperty("CreateTime", Fields.timestamp(secret.createTime()));
        item.addProperty("UpdateTime", Fields.timestamp(secret.updateTime()));
        if (secret.plannedDeleteTime() != null) {
            item.addProperty("PlannedDeleteTime", Fields.timestamp(secret.plannedDeleteTime()));
        }
        if (fetchTags) {
            item.add("Tags", TagFields.render(secret.tags()));
        }
        return item;
    }

    private static List<SecretFilter> filters(Parameters parameters) {
        return Filters.parse(parameters).stream()
                .map(filter -> new SecretFilter(key(filter.key()), filter.values()))
                .toList();
    }

    private static SecretFilter.Key key(String name) {
        for (SecretFilter.Key key : SecretFilter.Key.values()) {
            if (key.wireName().equals(name)) {
                return key;
            }
        }
        throw KmsError.invalidParameter(
                "Filters",
                "\"Key\" must be SecretName, Description, TagKey, TagValue, DKMSInstanceId, SecretType or Creator.");
    }
}
