package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.rds.RdsParameters.Page;
import dev.tumbler.emulator.rds.RdsAccount;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A name that no account has gives an empty list. <em>Assumed.</em> Source: RDS API reference, DescribeAccounts.
 */
final class DescribeAccounts implements Action {
    private static final int LEAST_PAGE_SIZE = 30;
    private static final int MOST_PAGE_SIZE = 200;

    private final RdsRegion rds;

    DescribeAccounts(RdsRegion rds) {
        this.rds = rds;
    }

    @Override
    public String name() {
        return "DescribeAccounts";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        String dbInstanceId = RdsParameters.required(call.parameters(), "DBInstanceId");
        String accountName = call.parameters().optional("AccountName");
        Page page = Page.of(call.parameters(), LEAST_PAGE_SIZE, MOST_PAGE_SIZE);
        return rds.ask(dbInstanceId, () -> answer(dbInstanceId, accountName, page));
    }

    private JsonObject answer(String dbInstanceId, @Nullable String accountName, Page page) {
        List<RdsAccount> matches = rds.operations().accounts(dbInstanceId).stream()
                .filter(account -> accountName == null || account.name().equals(accountName))
                .toList();
        JsonArray items = new JsonArray();
        page.of(matches).forEach(account -> items.add(item(dbInstanceId, account)));
        JsonObject answer = new JsonObject();
        answer.add("Accounts", Fields.wrapped("DBInstanceAccount", items));
        page.addTo(answer, matches.size());
        return answer;
    }

    private JsonObject item(String dbInstanceId, RdsAccount account) {
        JsonArray privileges = new JsonArray();
        account.privileges().forEach(granted -> {
            JsonObject privilege = RdsPrivilegeFields.of(granted);
            privilege.addProperty("DBName", granted.database());
            privileges.add(privilege);
        });
        JsonObject item = new JsonObject();
        item.addProperty("DBInstanceId", dbInstanceId);
        item.addProperty("AccountName", account.name());
        item.addProperty("AccountType", account.type().wireName());
        item.addProperty("AccountStatus", "Available");
        item.addProperty("AccountDescription", rds.operations().description(dbInstanceId, account.name()));
        item.addProperty("PrivExceeded", "0");
        item.add("DatabasePrivileges", Fields.wrapped("DatabasePrivilege", privileges));
        return item;
    }
}
