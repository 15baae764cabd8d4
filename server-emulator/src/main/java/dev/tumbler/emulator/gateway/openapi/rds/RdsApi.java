package dev.tumbler.emulator.gateway.openapi.rds;

import dev.tumbler.emulator.gateway.openapi.Api;
import java.util.List;

/** The RDS API, version 2014-08-15: what of it is emulated. */
public final class RdsApi {
    private RdsApi() {}

    /** The actions, as one region has them. */
    public static Api on(RdsRegion rds) {
        return new Api(
                "2014-08-15",
                List.of(new RdsAccess(rds.region(), rds.accountId())),
                List.of(
                        new CreateAccount(rds),
                        new DeleteAccount(rds),
                        new DescribeAccounts(rds),
                        new DescribeDatabases(rds),
                        new DescribeDbInstanceAttribute(rds),
                        new DescribeDbInstances(rds),
                        new GrantAccountPrivilege(rds),
                        new ResetAccountPassword(rds)));
    }
}
