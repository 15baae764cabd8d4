package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.gateway.openapi.rds.RdsParameters.Page;
import dev.tumbler.emulator.rds.RdsAccount;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Without what belongs to an engine alone, such as collations. Source: RDS API reference, DescribeDatabases. */
final class DescribeDatabases implements Action {
    /** The one state that a database of the emulator has. */
    private static final String STATUS = "Running";

    private static final int MOST_PAGE_SIZE = 100;

    private final RdsRegion rds;

    DescribeDatabases(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "DescribeDatabases";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String dbInstanceId = RdsParameters.required(parameters, "DBInstanceId");
        String name = parameters.optional("DBName");
        boolean inStatus = parameters.optional("DBStatus", STATUS).equals(STATUS);
        Page page = Page.of(parameters, 1, MOST_PAGE_SIZE);
        return rds.ask(dbInstanceId, () -> answer(dbInstanceId, name, inStatus, page));
    }

    private JsonObject answer(String dbInstanceId, @Nullable String name, boolean inStatus, Page page) {
        List<String> matches = rds.operations().databases(dbInstanceId).stream()
                .filter(database -> inStatus && (name == null || database.equals(name)))
                .toList();
        List<RdsAccount> accounts =
                matches.isEmpty() ? List.of() : rds.operations().accounts(dbInstanceId);
        JsonArray items = new JsonArray();
        page.of(matches).forEach(database -> items.add(item(dbInstanceId, database, accounts)));
        JsonObject answer = new JsonObject();
        answer.add("Databases", Fields.wrapped("Database", items));
        return answer;
    }

    private JsonObject item(String dbInstanceId, String database, List<RdsAccount> accounts) {
        JsonArray privileges = new JsonArray();
        for (RdsAccount account : accounts) {
            for (RdsAccount.Granted granted : account.privileges()) {
                if (granted.database().equals(database)) {
                    JsonObject privilege = RdsPrivilegeFields.of(granted);
                    privilege.addProperty("Account", account.name());
                    privileges.add(privilege);
                }
            }
        }
        JsonObject item = new JsonObject();
        item.addProperty("DBInstanceId", dbInstanceId);
        item.addProperty("DBName", database);
        item.addProperty("DBStatus", STATUS);
        item.addProperty(
                "Engine", rds.operations().require(dbInstanceId).engine().wireName());
        item.add("Accounts", Fields.wrapped("AccountPrivilegeInfo", privileges));
        return item;
    }
}
