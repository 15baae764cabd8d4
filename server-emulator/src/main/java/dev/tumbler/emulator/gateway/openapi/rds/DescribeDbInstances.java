package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.gateway.openapi.rds.RdsParameters.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * By pages only. It filters by what the emulator knows of an instance, and by {@code SearchKey}; other filters are ignored.
 * Asks no database. Source: RDS API reference, DescribeDBInstances.
 */
final class DescribeDbInstances implements Action {
    static final String NAME = "DescribeDBInstances";

    /** Parameters that are the fields to have. */
    private static final List<String> FILTERS =
            List.of("DBInstanceId", "DBInstanceType", "DBInstanceStatus", "Engine", "EngineVersion");

    private static final int MOST_PAGE_SIZE = 100;

    private final RdsRegion rds;

    DescribeDbInstances(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String region = RdsParameters.required(parameters, "RegionId");
        if (!rds.regions().contains(region)) {
            throw KmsError.unknownRegion("The emulator has " + String.join(", ", rds.regions()) + ".");
        }
        for (String unsupported : List.of("NextToken", "MaxResults")) {
            if (parameters.optional(unsupported) != null) {
                throw RdsParameters.invalid(unsupported, "The emulator has PageNumber and PageSize only.");
            }
        }
        Page page = Page.of(parameters, 1, MOST_PAGE_SIZE);
        List<JsonObject> matches = new ArrayList<>();
        rds.operations().all().forEach((id, instance) -> {
            JsonObject fields = DbInstanceFields.of(id, region, instance);
            if (matches(fields, parameters)) {
                matches.add(fields);
            }
        });
        JsonArray items = new JsonArray();
        page.of(matches).forEach(items::add);
        JsonObject answer = new JsonObject();
        answer.add("Items", Fields.wrapped("DBInstance", items));
        answer.addProperty("PageRecordCount", items.size());
        page.addTo(answer, matches.size());
        return CompletableFuture.completedFuture(answer);
    }

    private static boolean matches(JsonObject fields, Parameters parameters) {
        for (String filter : FILTERS) {
            String wanted = parameters.optional(filter);
            if (wanted != null && !wanted.equals(Json.string(fields, filter))) {
                return false;
            }
        }
        return fields.get("DBInstanceId").getAsString().contains(parameters.optional("SearchKey", ""));
    }
}
