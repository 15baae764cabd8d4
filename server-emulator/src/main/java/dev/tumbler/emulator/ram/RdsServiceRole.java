package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.rds.RdsException;
import dev.tumbler.emulator.rds.ServiceAccess;
import java.util.Map;
import java.util.Optional;

/**
 * The service-linked role with which KMS manages accounts of RDS instances. It is made when the first secret for RDS is
 * created; a rotation without it fails.
 *
 * <p>Source: RAM, "AliyunServiceRolePolicyForKMSSecretsManagerForRDS"; KMS, "ApsaraDB RDS secrets". That a rotation
 * without it fails is <em>assumed</em>.
 */
public final class RdsServiceRole implements ServiceAccess {
    /** The name of the role. */
    public static final String NAME = "AliyunServiceRoleForKMSSecretsManagerForRDS";

    /** The name of its policy. */
    public static final String POLICY_NAME = "AliyunServiceRolePolicyForKMSSecretsManagerForRDS";

    /** The service that may assume it. */
    public static final String SERVICE = "secretsmanager-rds.kms.aliyuncs.com";

    private static final String POLICY = """
            {
              "Version": "1",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": ["rds:ResetAccountPassword", "rds:DescribeDBInstanceAttribute", "rds:DescribeAccounts"],
                  "Resource": "*"
                },
                {
                  "Effect": "Allow",
                  "Action": "ram:DeleteServiceLinkedRole",
                  "Resource": "*",
                  "Condition": {"StringEquals": {"ram:ServiceName": "secretsmanager-rds.kms.aliyuncs.com"}}
                }
              ]
            }
            """;

    private static final AccessRequest ROTATE = new AccessRequest("rds:ResetAccountPassword", "*", Map.of());

    private final Ram ram;

    /** @param ram where the role is, or is not */
    public RdsServiceRole(Ram ram) {
        this.ram = ram;
    }

    @Override
    public void establish() {
        ram.roleIfAbsent(NAME, role -> role.trustService(SERVICE).attachPolicy(POLICY_NAME, POLICY));
    }

    @Override
    public void require() {
        Optional<RamRole> role = ram.findRole(NAME);
        if (role.isEmpty()) {
            throw denied("the service-linked role " + NAME + " does not exist; the next secret for RDS that is created"
                    + " makes it anew");
        }
        if (role.get().policies().decide(ROTATE) != Decision.ALLOW) {
            throw denied("the service-linked role " + NAME + " is not allowed rds:ResetAccountPassword");
        }
    }

    private static RdsException denied(String message) {
        return new RdsException(RdsException.Reason.PERMISSION_DENIED, message, null);
    }
}
