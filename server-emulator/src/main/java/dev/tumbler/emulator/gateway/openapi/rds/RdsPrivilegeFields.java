package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.rds.RdsAccount;

/** How a privilege is written. */
final class RdsPrivilegeFields {
    private RdsPrivilegeFields() {}

    static JsonObject of(RdsAccount.Granted granted) {
        JsonObject fields = new JsonObject();
        fields.addProperty("AccountPrivilege", granted.accountPrivilege());
        if (!granted.detail().isEmpty()) {
            fields.addProperty("AccountPrivilegeDetail", granted.detail());
        }
        return fields;
    }
}
