package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import java.util.concurrent.CompletionStage;

/** Source: RDS API reference, ResetAccountPassword. */
final class ResetAccountPassword implements Action {
    private final RdsRegion rds;

    ResetAccountPassword(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "ResetAccountPassword";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        String dbInstanceId = RdsParameters.required(call.parameters(), "DBInstanceId");
        String accountName = RdsParameters.required(call.parameters(), "AccountName");
        String password = RdsParameters.required(call.parameters(), "AccountPassword");
        return rds.tell(dbInstanceId, () -> rds.operations().resetPassword(dbInstanceId, accountName, password));
    }
}
