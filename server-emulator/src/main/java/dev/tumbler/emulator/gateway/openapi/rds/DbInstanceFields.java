package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsInstance;

/** What an instance is described by: what the emulator knows of it. Networks, sizes and prices it has none. */
final class DbInstanceFields {
    private DbInstanceFields() {}

    static JsonObject of(String dbInstanceId, String region, RdsInstance instance) {
        JsonObject fields = new JsonObject();
        fields.addProperty("DBInstanceId", dbInstanceId);
        fields.addProperty("DBInstanceType", "Primary");
        fields.addProperty("DBInstanceStatus", instance.isRunning() ? "Running" : "Stopped");
        fields.addProperty("LockMode", "Unlock");
        fields.addProperty("Engine", instance.engine().wireName());
        instance.engineVersion().ifPresent(version -> fields.addProperty("EngineVersion", version));
        if (instance.edition() == RdsEdition.SQL_SERVER_2017_CLUSTER) {
            fields.addProperty("Category", "AlwaysOn");
        }
        fields.addProperty("RegionId", region);
        return fields;
    }
}
