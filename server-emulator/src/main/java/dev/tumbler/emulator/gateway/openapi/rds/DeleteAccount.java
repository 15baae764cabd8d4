package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import java.util.concurrent.CompletionStage;

/** Source: RDS API reference, DeleteAccount. */
final class DeleteAccount implements Action {
    private final RdsRegion rds;

    DeleteAccount(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "DeleteAccount";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        String dbInstanceId = RdsParameters.required(call.parameters(), "DBInstanceId");
        String accountName = RdsParameters.required(call.parameters(), "AccountName");
        return rds.tell(dbInstanceId, () -> rds.operations().deleteAccount(dbInstanceId, accountName));
    }
}
