package dev.tumbler.emulator.gateway.openapi.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.rds20140815.Client;
import com.aliyun.rds20140815.models.CreateAccountRequest;
import com.aliyun.rds20140815.models.DeleteAccountRequest;
import com.aliyun.rds20140815.models.DescribeAccountsRequest;
import com.aliyun.rds20140815.models.DescribeAccountsResponseBody.DescribeAccountsResponseBodyAccountsDBInstanceAccount;
import com.aliyun.rds20140815.models.DescribeDatabasesRequest;
import com.aliyun.rds20140815.models.DescribeDatabasesResponseBody.DescribeDatabasesResponseBodyDatabasesDatabase;
import com.aliyun.rds20140815.models.GrantAccountPrivilegeRequest;
import com.aliyun.rds20140815.models.ResetAccountPasswordRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The official RDS SDK, unmodified, at an emulator. */
final class RdsSdk {
    final Client client;

    private RdsSdk(Client client) {
        this.client = client;
    }

    static RdsSdk of(KmsEmulator kms) throws Exception {
        return of(kms.hostAndPort(), kms.createAccessKey());
    }

    static RdsSdk of(String hostAndPort, AccessKey key) throws Exception {
        return new RdsSdk(new Client(config(hostAndPort, key)));
    }

    /** {@code signatureAlgorithm} as the SDK names it; {@code v2} is HMAC-SHA1. */
    static RdsSdk of(String hostAndPort, AccessKey key, String signatureAlgorithm) throws Exception {
        return new RdsSdk(new Client(config(hostAndPort, key).setSignatureAlgorithm(signatureAlgorithm)));
    }

    /** Sends the host's name to the emulator, which stands in for an HTTP proxy. */
    static RdsSdk through(KmsEmulator kms, String host, AccessKey key) throws Exception {
        return new RdsSdk(
                new Client(config(host, key).setHttpProxy(kms.endpoint().toString())));
    }

    private static Config config(String hostAndPort, AccessKey key) {
        return new Config()
                .setEndpoint(hostAndPort)
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret());
    }

    void create(String instance, String account, String password) throws Exception {
        client.createAccount(newAccount(instance, account, password));
    }

    static CreateAccountRequest newAccount(String instance, String account, String password) {
        return new CreateAccountRequest()
                .setDBInstanceId(instance)
                .setAccountName(account)
                .setAccountPassword(password);
    }

    /** This and the next two return the id of the request. */
    String grant(String instance, String account, String databases, String privileges) throws Exception {
        return client.grantAccountPrivilege(new GrantAccountPrivilegeRequest()
                        .setDBInstanceId(instance)
                        .setAccountName(account)
                        .setDBName(databases)
                        .setAccountPrivilege(privileges))
                .getBody()
                .getRequestId();
    }

    String reset(String instance, String account, String password) throws Exception {
        return client.resetAccountPassword(new ResetAccountPasswordRequest()
                        .setDBInstanceId(instance)
                        .setAccountName(account)
                        .setAccountPassword(password))
                .getBody()
                .getRequestId();
    }

    String delete(String instance, String account) throws Exception {
        return client.deleteAccount(
                        new DeleteAccountRequest().setDBInstanceId(instance).setAccountName(account))
                .getBody()
                .getRequestId();
    }

    List<DescribeAccountsResponseBodyAccountsDBInstanceAccount> accounts(String instance) throws Exception {
        return client.describeAccounts(new DescribeAccountsRequest().setDBInstanceId(instance))
                .getBody()
                .getAccounts()
                .getDBInstanceAccount();
    }

    /** Each as {@code account: privilege on database}. */
    List<String> privileges(String instance) throws Exception {
        return accounts(instance).stream()
                .flatMap(account -> account.getDatabasePrivileges().getDatabasePrivilege().stream()
                        .map(privilege -> account.getAccountName() + ": " + privilege.getAccountPrivilege() + " on "
                                + privilege.getDBName()))
                .toList();
    }

    List<DescribeDatabasesResponseBodyDatabasesDatabase> databases(String instance) throws Exception {
        return client.describeDatabases(new DescribeDatabasesRequest().setDBInstanceId(instance))
                .getBody()
                .getDatabases()
                .getDatabase();
    }

    /** Calls what the service must refuse. */
    static TeaException assertRefused(int status, String code, ThrowingCallable call) {
        TeaException refusal = catchThrowableOfType(TeaException.class, call);
        assertThat(refusal).as("refusal with %s", code).isNotNull();
        assertThat(refusal.getCode()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.getStatusCode()).as(refusal.getMessage()).isEqualTo(status);
        return refusal;
    }
}
