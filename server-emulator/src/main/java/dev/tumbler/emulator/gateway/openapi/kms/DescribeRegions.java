package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, DescribeRegions. */
final class DescribeRegions implements Action {
    private final List<String> regions;

    DescribeRegions(List<String> regions) {
        this.regions = regions;
    }

    @Override
    public String name() {
        return "DescribeRegions";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        JsonArray items = new JsonArray();
        for (String region : regions) {
            JsonObject item = new JsonObject();
            item.addProperty("RegionId", region);
            items.add(item);
        }
        JsonObject answer = new JsonObject();
        answer.add("Regions", Fields.wrapped("Region", items));
        return CompletableFuture.completedFuture(answer);
    }
}
