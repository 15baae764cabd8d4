package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.DatabasePrivilege;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code DBName} and {@code AccountPrivilege} may be lists of one length. Source: RDS API reference, GrantAccountPrivilege. */
final class GrantAccountPrivilege implements Action {
    private final RdsRegion rds;

    GrantAccountPrivilege(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "GrantAccountPrivilege";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String dbInstanceId = RdsParameters.required(parameters, "DBInstanceId");
        String accountName = RdsParameters.required(parameters, "AccountName");
        List<DatabasePrivilege> privileges = privileges(
                RdsParameters.required(parameters, "DBName").split(",", -1),
                RdsParameters.required(parameters, "AccountPrivilege").split(",", -1));
        return rds.tell(dbInstanceId, () -> rds.operations().grant(dbInstanceId, accountName, privileges));
    }

    private static List<DatabasePrivilege> privileges(String[] databases, String[] names) {
        if (databases.length != names.length) {
            throw KmsError.of(
                    400,
                    "InvalidDBNameOrAccountPrivilege",
                    "Account permissions and database names must correspond. There are " + names.length + " and "
                            + databases.length + ".");
        }
        List<DatabasePrivilege> privileges = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (databases[i].isBlank()) {
                throw RdsParameters.invalid("DBName", "A database needs a name.");
            }
            privileges.add(privilege(names[i].strip()).on(databases[i].strip()));
        }
        return privileges;
    }

    private static AccountPrivilege privilege(String wireName) {
        for (AccountPrivilege privilege : AccountPrivilege.values()) {
            if (privilege.wireName().equals(wireName)) {
                return privilege;
            }
        }
        throw KmsError.of(
                400,
                "InvalidAccountPrivilege.Malformed",
                "Specified account privilege is not valid. It must be ReadWrite, ReadOnly, DDLOnly, DMLOnly or DBOwner.");
    }
}
