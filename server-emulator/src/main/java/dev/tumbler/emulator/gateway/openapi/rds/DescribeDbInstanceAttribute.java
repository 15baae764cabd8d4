package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code DBInstanceId} may be a list. Asks no database. Source: RDS API reference, DescribeDBInstanceAttribute. */
final class DescribeDbInstanceAttribute implements Action {
    static final String NAME = "DescribeDBInstanceAttribute";

    private static final int MOST_IDS = 30;

    private final RdsRegion rds;

    DescribeDbInstanceAttribute(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        List<String> ids = RdsParameters.dbInstanceIds(call.parameters());
        if (ids.size() > MOST_IDS) {
            throw RdsParameters.invalid("DBInstanceId", "It may be a list of at most " + MOST_IDS + " instances.");
        }
        JsonArray items = new JsonArray();
        for (String id : ids) {
            items.add(DbInstanceFields.of(id, rds.region(), rds.operations().require(id)));
        }
        JsonObject answer = new JsonObject();
        answer.add("Items", Fields.wrapped("DBInstanceAttribute", items));
        return CompletableFuture.completedFuture(answer);
    }
}
