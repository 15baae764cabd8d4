package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rds.AccountType;
import java.util.concurrent.CompletionStage;

/** The account is there when this answers, unlike the real one's. Source: RDS API reference, CreateAccount. */
final class CreateAccount implements Action {
    private final RdsRegion rds;

    CreateAccount(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "CreateAccount";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String dbInstanceId = RdsParameters.required(parameters, "DBInstanceId");
        String accountName = RdsParameters.required(parameters, "AccountName");
        String password = RdsParameters.required(parameters, "AccountPassword");
        AccountType type = type(parameters.optional("AccountType", AccountType.NORMAL.wireName()));
        String description = parameters.optional("AccountDescription");
        return rds.tell(
                dbInstanceId,
                () -> rds.operations().createAccount(dbInstanceId, accountName, password, type, description));
    }

    private static AccountType type(String wireName) {
        for (AccountType type : AccountType.values()) {
            if (type.wireName().equals(wireName)) {
                return type;
            }
        }
        throw wireName.equals("Sysadmin")
                ? KmsError.of(
                        400,
                        "InvalidEngineVersion.NotSupported",
                        "Current db instance does not support sysadmin. The emulator has Normal and Super.")
                : KmsError.of(
                        400,
                        "InvalidAccountType.Format",
                        "Specified account type is not valid. It must be Normal or Super.");
    }
}
