package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretVersion;
import dev.tumbler.emulator.secret.Secrets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, ListSecretVersionIds. */
final class ListSecretVersionIds implements Action {
    private final Secrets secrets;

    ListSecretVersionIds(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "ListSecretVersionIds";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        boolean includeDeprecated = parameters.flag("IncludeDeprecated");
        Page page = Page.of(parameters, 20);
        Secret secret = secrets.describe(parameters.required("SecretName"));
        List<SecretVersion> versions = includeDeprecated ? secret.versions() : secret.stagedVersions();
        JsonArray items = new JsonArray();
        page.of(versions).forEach(version -> items.add(item(secret, version)));
        JsonObject answer = SecretFields.named(secret);
        answer.add("VersionIds", Fields.wrapped("VersionId", items));
        page.addTo(answer, versions.size());
        return CompletableFuture.completedFuture(answer);
    }

    private static JsonObject item(Secret secret, SecretVersion version) {
        JsonObject item = new JsonObject();
        item.addProperty("VersionId", version.versionId());
        item.addProperty("CreateTime", Fields.timestamp(version.createTime()));
        item.add("VersionStages", Fields.wrapped("VersionStage", secret.stagesOf(version.versionId())));
        return item;
    }
}
