package dev.tumbler.emulator.gateway.openapi.rds;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Admission;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.gateway.openapi.Permissions;
import dev.tumbler.emulator.ram.AccessRequest;
import java.util.List;

/**
 * Who may do what: each action is allowed or not on the instances that it names, whether they exist or not.
 *
 * <p>Source: RDS API reference, "Authorization information" of each action.
 */
final class RdsAccess implements Admission {
    private final String region;
    private final String accountId;

    RdsAccess(String region, String accountId) {
        this.region = region;
        this.accountId = accountId;
    }

    @Override
    public void admit(String action, Call call) {
        for (String resource : Permissions.resources(call, () -> resources(action, call.parameters()))) {
            Permissions.require(
                    call, new AccessRequest("rds:" + action, resource, call.context()), KmsError::forbiddenByRam);
        }
    }

    private List<String> resources(String action, Parameters parameters) {
        return switch (action) {
            case DescribeDbInstances.NAME -> List.of(arn(RdsParameters.required(parameters, "RegionId"), "*"));
            case DescribeDbInstanceAttribute.NAME ->
                RdsParameters.dbInstanceIds(parameters).stream()
                        .map(id -> arn(region, id))
                        .toList();
            default -> List.of(arn(region, RdsParameters.required(parameters, "DBInstanceId")));
        };
    }

    private String arn(String ofRegion, String dbInstanceId) {
        return "acs:rds:" + ofRegion + ":" + accountId + ":dbinstance/" + dbInstanceId;
    }
}
