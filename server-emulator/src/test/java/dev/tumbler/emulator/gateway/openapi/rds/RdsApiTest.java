package dev.tumbler.emulator.gateway.openapi.rds;

import static dev.tumbler.emulator.gateway.openapi.rds.RdsSdk.assertRefused;
import static dev.tumbler.emulator.gateway.openapi.rds.RdsSdk.newAccount;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.rds20140815.models.DeleteAccountRequest;
import com.aliyun.rds20140815.models.DescribeAccountsRequest;
import com.aliyun.rds20140815.models.DescribeAccountsResponseBody;
import com.aliyun.rds20140815.models.DescribeDBInstanceAttributeRequest;
import com.aliyun.rds20140815.models.DescribeDBInstancesRequest;
import com.aliyun.rds20140815.models.DescribeDBInstancesResponseBody;
import com.aliyun.rds20140815.models.DescribeDatabasesRequest;
import com.aliyun.rds20140815.models.GrantAccountPrivilegeRequest;
import com.aliyun.rds20140815.models.ResetAccountPasswordRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamUser;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.AccountType;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The RDS API on instances in memory, by the official RDS SDK. */
@Timeout(60)
class RdsApiTest {
    private static final String PASSWORD = "First-pass-1";
    private static final String OTHER_PASSWORD = "0ther_Pass_2";

    private final KmsEmulator kms =
            KmsEmulator.builder().regions("cn-hangzhou", "cn-shanghai").start();
    private final InMemoryRdsInstance orders = kms.rds().add("rm-orders", RdsEngine.MYSQL);
    private RdsSdk sdk;

    @BeforeEach
    void connect() throws Exception {
        orders.createDatabase("shop");
        orders.createDatabase("archive");
        sdk = RdsSdk.of(kms);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    @Proves(
            value = {
                "CreateAccount/AccountType/default",
                "CreateAccount/answer/RequestId",
                "DeleteAccount/answer/RequestId",
                "ResetAccountPassword/answer/RequestId",
                "GrantAccountPrivilege/answer/RequestId",
                "DeleteAccount/effect",
                "ResetAccountPassword/effect",
                "GrantAccountPrivilege/lists",
                "DescribeAccounts/PageNumber/default",
                "DescribeAccounts/answer/AccountName",
                "DescribeAccounts/answer/AccountType",
                "DescribeAccounts/answer/AccountStatus",
                "DescribeAccounts/answer/AccountDescription",
                "DescribeAccounts/answer/DBInstanceId",
                "DescribeAccounts/answer/DatabasePrivileges",
                "DescribeAccounts/answer/PageNumber",
                "DescribeAccounts/answer/TotalRecordCount",
                "DescribeAccounts/answer/RequestId"
            },
            by = "RDS SDK")
    void account_itsWholeLife_isSeenInTheInstance(String signatureAlgorithm) throws Exception {
        RdsSdk rds = RdsSdk.of(kms.hostAndPort(), kms.createAccessKey(), signatureAlgorithm);

        assertThat(rds.client
                        .createAccount(
                                newAccount("rm-orders", "orders", PASSWORD).setAccountDescription("of the shop: 订单"))
                        .getBody()
                        .getRequestId())
                .hasSize(36);
        assertThat(orders.acceptsLogin("orders", PASSWORD)).isTrue();
        assertThat(orders.accountType("orders")).isEqualTo(AccountType.NORMAL);

        assertThat(rds.grant("rm-orders", "orders", "shop,archive", "ReadWrite,ReadOnly"))
                .hasSize(36);
        assertThat(orders.privileges("orders"))
                .containsExactly(AccountPrivilege.READ_WRITE.on("shop"), AccountPrivilege.READ_ONLY.on("archive"));
        DescribeAccountsResponseBody accounts = rds.client
                .describeAccounts(new DescribeAccountsRequest().setDBInstanceId("rm-orders"))
                .getBody();
        assertThat(accounts.getPageNumber()).isEqualTo(1);
        assertThat(accounts.getTotalRecordCount()).isEqualTo(1);
        assertThat(accounts.getRequestId()).hasSize(36);
        var account = accounts.getAccounts().getDBInstanceAccount().get(0);
        assertThat(account.toMap())
                .containsEntry("DBInstanceId", "rm-orders")
                .containsEntry("AccountName", "orders")
                .containsEntry("AccountType", "Normal")
                .containsEntry("AccountStatus", "Available")
                .containsEntry("AccountDescription", "of the shop: 订单")
                .containsEntry("PrivExceeded", "0");
        assertThat(rds.privileges("rm-orders"))
                .containsExactly("orders: ReadOnly on archive", "orders: ReadWrite on shop");

        assertThat(rds.reset("rm-orders", "orders", OTHER_PASSWORD)).hasSize(36);
        assertThat(orders.acceptsLogin("orders", PASSWORD)).isFalse();
        assertThat(orders.acceptsLogin("orders", OTHER_PASSWORD)).isTrue();

        assertThat(rds.delete("rm-orders", "orders")).hasSize(36);
        assertThat(orders.hasAccount("orders")).isFalse();
        assertThat(rds.accounts("rm-orders")).isEmpty();

        rds.create("rm-orders", "orders", PASSWORD);
        assertThat(rds.accounts("rm-orders").get(0).getAccountDescription())
                .as("the description went with the account")
                .isEmpty();
    }

    @Test
    @Proves(
            value = {"CreateAccount/AccountType/Super", "CreateAccount/AccountType/Super/limit"},
            by = "RDS SDK")
    void createAccount_super_isPrivileged_onceOnMySql() throws Exception {
        sdk.client.createAccount(newAccount("rm-orders", "chief", PASSWORD).setAccountType("Super"));

        assertThat(orders.accountType("chief")).isEqualTo(AccountType.SUPER);
        assertThat(sdk.accounts("rm-orders").get(0).getAccountType()).isEqualTo("Super");
        assertRefused(
                403,
                "AccountLimitExceeded",
                () -> sdk.client.createAccount(
                        newAccount("rm-orders", "second", PASSWORD).setAccountType("Super")));
        assertThat(orders.accountNames()).containsExactly("chief");
    }

    @ParameterizedTest
    @CsvSource({
        "orders,  First-pass-1, Normal, InvalidAccountName.Duplicate, \"orders\" exists",
        "1orders, First-pass-1, Normal, InvalidAccountName.Format, \"1orders\"",
        "root,    First-pass-1, Normal, InvalidAccountName.Forbid, \"root\" is reserved",
        "Root,    First-pass-1, Normal, InvalidAccountName.Forbid, \"Root\" is reserved",
        "fresh,   weakpassword, Normal, InvalidAccountPassword.Format, breaks the rules",
        "fresh,   First-pass-1, Owner,  InvalidAccountType.Format, Normal or Super",
        "fresh,   First-pass-1, Sysadmin, InvalidEngineVersion.NotSupported, does not support sysadmin"
    })
    @Proves(
            value = {
                "CreateAccount/AccountName/format",
                "CreateAccount/AccountName/keyword",
                "CreateAccount/AccountName/duplicate",
                "CreateAccount/AccountPassword/format",
                "CreateAccount/AccountType/unknown",
                "CreateAccount/AccountType/Sysadmin"
            },
            by = "RDS SDK")
    void createAccount_badParameter_isRefusedAndChangesNothing(
            String name, String password, String type, String code, String message) {
        orders.createAccount("orders", OTHER_PASSWORD);

        TeaException refusal = assertRefused(
                400,
                code,
                () -> sdk.client.createAccount(
                        newAccount("rm-orders", name, password).setAccountType(type)));

        assertThat(refusal.getMessage()).contains(message).doesNotContain(password);
        assertThat(orders.accountNames()).containsExactly("orders");
        assertThat(orders.acceptsLogin("orders", OTHER_PASSWORD)).isTrue();
    }

    @Test
    @Proves(
            value = {"CreateAccount/AccountDescription/limit"},
            by = "RDS SDK")
    void createAccount_description_has2To256CharactersAndIsNoUrl() throws Exception {
        sdk.client.createAccount(newAccount("rm-orders", "longest", PASSWORD).setAccountDescription("d".repeat(256)));

        for (String description : List.of("d", "d".repeat(257), "1st", "http://example.com", "https://example.com")) {
            assertRefused(
                    400,
                    "InvalidAccountDescription.Format",
                    () -> sdk.client.createAccount(
                            newAccount("rm-orders", "other", PASSWORD).setAccountDescription(description)));
        }
        assertThat(orders.accountNames()).containsExactly("longest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody | shop         | ReadWrite          | 404 | InvalidAccountName.NotFound",
                "orders | missing      | ReadWrite          | 400 | InvalidDBName.NotFound",
                "orders | shop,missing | ReadWrite,ReadOnly | 400 | InvalidDBName.NotFound",
                "orders | shop,        | ReadWrite,ReadOnly | 400 | InvalidDBName",
                "orders | shop         | DBOwner            | 400 | InvalidAccountPrivilege.Malformed",
                "orders | shop,archive | ReadOnly,DBOwner   | 400 | InvalidAccountPrivilege.Malformed",
                "orders | shop         | Everything         | 400 | InvalidAccountPrivilege.Malformed",
                "orders | shop,archive | ReadWrite          | 400 | InvalidDBNameOrAccountPrivilege",
                "chief  | shop         | ReadWrite          | 403 | IncorrectAccountType"
            })
    @Proves(
            value = {
                "GrantAccountPrivilege/lists/length",
                "GrantAccountPrivilege/AccountPrivilege/engine",
                "GrantAccountPrivilege/DBName/unknown",
                "GrantAccountPrivilege/error/IncorrectAccountType",
                "GrantAccountPrivilege/error/InvalidAccountName.NotFound"
            },
            by = "RDS SDK")
    void grantAccountPrivilege_badParameter_isRefusedAndGrantsNothing(
            String account, String databases, String privileges, int status, String code) {
        orders.createAccount("orders", PASSWORD);
        orders.createPrivilegedAccount("chief", PASSWORD);

        assertRefused(status, code, () -> sdk.grant("rm-orders", account, databases, privileges));

        assertThat(orders.privileges("orders")).isEmpty();
        assertThat(orders.databases()).containsExactly("archive", "shop");
    }

    @Test
    @Proves(
            value = {
                "ResetAccountPassword/error/InvalidAccountName.NotFound",
                "DeleteAccount/error/InvalidAccountName.NotFound"
            },
            by = "RDS SDK")
    void resetAccountPassword_andDeleteAccount_ofNobody_areRefused() {
        assertThat(assertRefused(
                        404, "InvalidAccountName.NotFound", () -> sdk.reset("rm-orders", "nobody", OTHER_PASSWORD)))
                .hasMessageContaining("\"nobody\"");
        assertRefused(404, "InvalidAccountName.NotFound", () -> sdk.delete("rm-orders", "nobody"));
    }

    @Test
    @Proves(
            value = {"ResetAccountPassword/AccountPassword/format"},
            by = "RDS SDK")
    void resetAccountPassword_weakPassword_isRefusedAndKeepsTheOldOne() {
        orders.createAccount("orders", PASSWORD);

        assertThat(assertRefused(
                        400, "InvalidAccountPassword.Format", () -> sdk.reset("rm-orders", "orders", "weakpassword")))
                .hasMessageNotContaining("weakpassword");

        assertThat(orders.acceptsLogin("orders", PASSWORD)).isTrue();
    }

    @Test
    @Proves(
            value = {"DeleteAccount/error/Account.DeleteError"},
            by = "RDS SDK")
    void deleteAccount_privilegedOnSqlServer_isRefused() {
        InMemoryRdsInstance sqlServer = kms.rds().add("rm-sql", RdsEngine.SQL_SERVER);
        sqlServer.createPrivilegedAccount("chief", PASSWORD);

        assertRefused(400, "Account.DeleteError", () -> sdk.delete("rm-sql", "chief"));

        assertThat(sqlServer.hasAccount("chief")).isTrue();
    }

    @Test
    @Proves(
            value = {
                "CreateAccount/error/InvalidDBInstanceId.NotFound",
                "DeleteAccount/error/InvalidDBInstanceId.NotFound",
                "ResetAccountPassword/error/InvalidDBInstanceId.NotFound",
                "GrantAccountPrivilege/error/InvalidDBInstanceId.NotFound",
                "DescribeAccounts/error/InvalidDBInstanceId.NotFound",
                "DescribeDatabases/error/InvalidDBInstanceId.NotFound",
                "DescribeDBInstanceAttribute/error/InvalidDBInstanceId.NotFound"
            },
            by = "RDS SDK")
    void everyAction_unknownInstance_isNotFound() {
        everyCallOn("rm-unknown")
                .forEach(call -> assertThat(assertRefused(400, "InvalidDBInstanceId.NotFound", call::run))
                        .hasMessageContaining("\"rm-unknown\""));
    }

    @Test
    @Proves(
            value = {
                "CreateAccount/DBInstanceId/required",
                "CreateAccount/AccountName/required",
                "CreateAccount/AccountPassword/required",
                "DeleteAccount/DBInstanceId/required",
                "DeleteAccount/AccountName/required",
                "ResetAccountPassword/DBInstanceId/required",
                "ResetAccountPassword/AccountName/required",
                "ResetAccountPassword/AccountPassword/required",
                "GrantAccountPrivilege/DBInstanceId/required",
                "GrantAccountPrivilege/AccountName/required",
                "GrantAccountPrivilege/DBName/required",
                "GrantAccountPrivilege/AccountPrivilege/required",
                "DescribeAccounts/DBInstanceId/required",
                "DescribeDatabases/DBInstanceId/required",
                "DescribeDBInstances/RegionId/required",
                "DescribeDBInstanceAttribute/DBInstanceId/required"
            },
            by = "RDS SDK")
    void everyAction_withoutOneOfItsParameters_isRefusedByItsName() throws Exception {
        Map<String, List<String>> required = Map.of(
                "CreateAccount", List.of("DBInstanceId", "AccountName", "AccountPassword"),
                "DeleteAccount", List.of("DBInstanceId", "AccountName"),
                "DescribeAccounts", List.of("DBInstanceId"),
                "DescribeDatabases", List.of("DBInstanceId"),
                "DescribeDBInstanceAttribute", List.of("DBInstanceId"),
                "DescribeDBInstances", List.of("RegionId"),
                "GrantAccountPrivilege", List.of("DBInstanceId", "AccountName", "DBName", "AccountPrivilege"),
                "ResetAccountPassword", List.of("DBInstanceId", "AccountName", "AccountPassword"));
        RdsSdk user = RdsSdk.of(
                kms.hostAndPort(), kms.ram().user("rds").allow("rds:*").createAccessKey());

        for (Map.Entry<String, List<String>> action : required.entrySet()) {
            for (String missing : action.getValue()) {
                Map<String, String> query = new HashMap<>();
                action.getValue().forEach(name -> query.put(name, "x"));
                query.remove(missing);
                for (RdsSdk caller : List.of(sdk, user)) {
                    assertThat(assertRefused(400, "Missing" + missing, () -> generic(caller, action.getKey(), query)))
                            .hasMessageContaining(missing + " is mandatory for this action.");
                }
            }
        }
    }

    @Test
    void actions_ofAnotherVersionOrNone_areNotFound() {
        assertRefused(404, "InvalidAction.NotFound", () -> generic(sdk, "CreateSecret", Map.of()));
        assertRefused(404, "InvalidAction.NotFound", () -> generic(sdk, "DescribeSlowLogs", Map.of()));
    }

    private static void generic(RdsSdk sdk, String action, Map<String, String> query) throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion("2014-08-15")
                .setProtocol("HTTP")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setPathname("/")
                .setReqBodyType("formData")
                .setBodyType("json");
        sdk.client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions());
    }

    @Test
    void signature_wrong_isRefusedAndChangesNothing() throws Exception {
        AccessKey key = kms.createAccessKey();
        for (String algorithm : List.of("v2", "ACS3-HMAC-SHA256")) {
            RdsSdk forger = RdsSdk.of(kms.hostAndPort(), new AccessKey(key.id(), "guessed"), algorithm);

            assertRefused(400, "SignatureDoesNotMatch", () -> forger.create("rm-orders", "forged", PASSWORD));
        }
        assertThat(orders.accountNames()).isEmpty();
    }

    @Test
    @Proves(
            value = {
                "CreateAccount/error/Forbidden.RAM",
                "DeleteAccount/error/Forbidden.RAM",
                "ResetAccountPassword/error/Forbidden.RAM",
                "GrantAccountPrivilege/error/Forbidden.RAM",
                "DescribeAccounts/error/Forbidden.RAM",
                "DescribeDatabases/error/Forbidden.RAM",
                "DescribeDBInstances/error/Forbidden.RAM",
                "DescribeDBInstanceAttribute/error/Forbidden.RAM"
            },
            by = "RDS SDK")
    void everyAction_withoutPermission_isForbiddenByRam() throws Exception {
        orders.createAccount("orders", PASSWORD);
        RamUser user = kms.ram().user("reader").allow("rds:*", dbInstance("rm-other"));
        RdsSdk reader = RdsSdk.of(kms.hostAndPort(), user.createAccessKey());

        for (CheckedCall call : everyCall(reader, "rm-orders")) {
            assertRefused(403, "Forbidden.RAM", call::run);
        }

        assertThat(orders.accountNames()).containsExactly("orders");
        assertThat(orders.acceptsLogin("orders", PASSWORD)).isTrue();
        assertThat(assertRefused(403, "Forbidden.RAM", () -> reader.delete("rm-orders", "orders"))
                        .getAccessDeniedDetail())
                .isEqualTo(Map.of(
                        "AuthAction", "rds:DeleteAccount",
                        "AuthPrincipalType", "SubUser",
                        "AuthPrincipalOwnerId", KmsEmulator.ACCOUNT_ID,
                        "AuthPrincipalDisplayName", user.id(),
                        "NoPermissionType", "ImplicitDeny",
                        "PolicyType", "AccountLevelIdentityBasedPolicy"));
    }

    @Test
    void permission_onOneInstance_isForThatOneAndItsActions() throws Exception {
        kms.rds().add("rm-other", RdsEngine.MYSQL).createAccount("orders", PASSWORD);
        orders.createAccount("orders", PASSWORD);
        RdsSdk user = RdsSdk.of(
                kms.hostAndPort(),
                kms.ram()
                        .user("resetter")
                        .allow("rds:ResetAccountPassword", dbInstance("rm-orders"))
                        .allow("rds:DescribeDBInstances", dbInstance("*"))
                        .createAccessKey());

        user.reset("rm-orders", "orders", OTHER_PASSWORD);
        assertThat(ids(user, new DescribeDBInstancesRequest().setRegionId("cn-hangzhou")))
                .containsExactly("rm-orders", "rm-other");

        assertThat(orders.acceptsLogin("orders", OTHER_PASSWORD)).isTrue();
        assertRefused(403, "Forbidden.RAM", () -> user.reset("rm-other", "orders", OTHER_PASSWORD));
        assertRefused(403, "Forbidden.RAM", () -> user.delete("rm-orders", "orders"));
        assertRefused(
                403, "Forbidden.RAM", () -> ids(user, new DescribeDBInstancesRequest().setRegionId("cn-beijing")));
    }

    private static String dbInstance(String id) {
        return "acs:rds:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":dbinstance/" + id;
    }

    @Test
    @Proves(
            value = {
                "DescribeDBInstances/PageSize/range",
                "DescribeDBInstances/PageNumber/range",
                "DescribeDBInstances/answer/PageNumber",
                "DescribeDBInstances/answer/PageRecordCount",
                "DescribeDBInstances/answer/TotalRecordCount",
                "DescribeDBInstances/answer/DBInstanceId",
                "DescribeDBInstances/MaxResults"
            },
            by = "RDS SDK")
    void describeDBInstances_pages_holdEachInstanceOnce() throws Exception {
        for (int i = 1; i <= 4; i++) {
            kms.rds().add("rm-" + i, RdsEngine.POSTGRESQL);
        }
        DescribeDBInstancesRequest request =
                new DescribeDBInstancesRequest().setRegionId("cn-hangzhou").setPageSize(2);

        List<String> seen = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            DescribeDBInstancesResponseBody body =
                    sdk.client.describeDBInstances(request.setPageNumber(page)).getBody();
            assertThat(body.getPageNumber()).isEqualTo(page);
            assertThat(body.getTotalRecordCount()).isEqualTo(5);
            assertThat(body.getPageRecordCount()).isEqualTo(page == 3 ? 1 : 2);
            body.getItems().getDBInstance().forEach(instance -> seen.add(instance.getDBInstanceId()));
        }
        assertThat(seen).containsExactly("rm-1", "rm-2", "rm-3", "rm-4", "rm-orders");
        assertThat(ids(sdk, request.setPageNumber(4))).isEmpty();
        assertThat(assertRefused(400, "InvalidPageSize", () -> ids(sdk, request.setPageSize(101))))
                .hasMessageContaining("from 1 to 100");
        assertRefused(
                400,
                "InvalidPageNumber",
                () -> ids(sdk, request.setPageSize(100).setPageNumber(0)));
        assertRefused(
                400,
                "InvalidMaxResults",
                () -> ids(
                        sdk,
                        new DescribeDBInstancesRequest()
                                .setRegionId("cn-hangzhou")
                                .setMaxResults(10)));
    }

    @Test
    @Proves(
            value = {
                "DescribeDBInstances/Engine",
                "DescribeDBInstances/DBInstanceStatus",
                "DescribeDBInstances/DBInstanceId",
                "DescribeDBInstances/DBInstanceType",
                "DescribeDBInstances/SearchKey"
            },
            by = "RDS SDK")
    void describeDBInstances_filters_areAllMet() throws Exception {
        kms.rds().add("rm-pg", RdsEngine.POSTGRESQL);
        kms.rds().add("rm-sql", RdsEngine.SQL_SERVER).stop();
        DescribeDBInstancesRequest all = new DescribeDBInstancesRequest().setRegionId("cn-hangzhou");
        assertThat(ids(sdk, all)).containsExactly("rm-orders", "rm-pg", "rm-sql");

        assertThat(ids(sdk, copy(all).setEngine("SQLServer"))).containsExactly("rm-sql");
        assertThat(ids(sdk, copy(all).setDBInstanceStatus("Running"))).containsExactly("rm-orders", "rm-pg");
        assertThat(ids(sdk, copy(all).setDBInstanceId("rm-pg"))).containsExactly("rm-pg");
        assertThat(ids(sdk, copy(all).setDBInstanceType("Primary"))).hasSize(3);
        assertThat(ids(sdk, copy(all).setDBInstanceType("Readonly"))).isEmpty();
        assertThat(ids(sdk, copy(all).setEngineVersion("16.0"))).containsExactly("rm-pg");
        assertThat(ids(sdk, copy(all).setSearchKey("order"))).containsExactly("rm-orders");
        assertThat(ids(sdk, copy(all).setSearchKey("order").setEngine("MariaDB")))
                .isEmpty();
    }

    private static DescribeDBInstancesRequest copy(DescribeDBInstancesRequest request) throws Exception {
        return DescribeDBInstancesRequest.build(request.toMap());
    }

    private static List<String> ids(RdsSdk sdk, DescribeDBInstancesRequest request) throws Exception {
        return sdk.client.describeDBInstances(request).getBody().getItems().getDBInstance().stream()
                .map(instance -> instance.getDBInstanceId())
                .toList();
    }

    @Test
    @Proves(
            value = {
                "DescribeDBInstances/RegionId/unknown",
                "DescribeDBInstances/answer/RegionId",
                "DescribeDBInstanceAttribute/answer/RegionId"
            },
            by = "RDS SDK")
    void describeDBInstances_regions_areThoseOfTheEmulator() throws Exception {
        for (String region : kms.regions()) {
            assertThat(sdk.client
                            .describeDBInstances(new DescribeDBInstancesRequest().setRegionId(region))
                            .getBody()
                            .getItems()
                            .getDBInstance()
                            .get(0)
                            .getRegionId())
                    .isEqualTo(region);
            RdsSdk there = RdsSdk.of(kms.hostAndPort(region), kms.createAccessKey());
            assertThat(there.client
                            .describeDBInstanceAttribute(
                                    new DescribeDBInstanceAttributeRequest().setDBInstanceId("rm-orders"))
                            .getBody()
                            .getItems()
                            .getDBInstanceAttribute()
                            .get(0)
                            .getRegionId())
                    .isEqualTo(region);
        }
        assertRefused(
                404,
                "InvalidRegionId.NotFound",
                () -> ids(sdk, new DescribeDBInstancesRequest().setRegionId("cn-beijing")));
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL, MySQL, 8.0",
        "MARIADB, MariaDB, 10.6",
        "POSTGRESQL, PostgreSQL, 16.0",
        "SQL_SERVER, SQLServer, 2019_std_ha"
    })
    @Proves(
            value = {
                "DescribeDBInstanceAttribute/answer/DBInstanceId",
                "DescribeDBInstanceAttribute/answer/DBInstanceStatus",
                "DescribeDBInstanceAttribute/answer/DBInstanceType",
                "DescribeDBInstanceAttribute/answer/LockMode",
                "DescribeDBInstanceAttribute/answer/Engine",
                "DescribeDBInstanceAttribute/answer/EngineVersion"
            },
            by = "RDS SDK")
    void describeDBInstanceAttribute_engines_areNamedAsTheServiceDoes(RdsEngine engine, String name, String version)
            throws Exception {
        InMemoryRdsInstance instance = kms.rds().add("rm-engine", engine);
        DescribeDBInstanceAttributeRequest request =
                new DescribeDBInstanceAttributeRequest().setDBInstanceId("rm-engine");

        assertThat(attribute(request))
                .containsEntry("DBInstanceId", "rm-engine")
                .containsEntry("DBInstanceStatus", "Running")
                .containsEntry("DBInstanceType", "Primary")
                .containsEntry("LockMode", "Unlock")
                .containsEntry("Engine", name)
                .containsEntry("EngineVersion", version);

        instance.stop();
        assertThat(attribute(request)).containsEntry("DBInstanceStatus", "Stopped");
    }

    @Test
    @Proves(
            value = {"DescribeDBInstanceAttribute/DBInstanceId/list"},
            by = "RDS SDK")
    void describeDBInstanceAttribute_list_isOfAllOrRefused() throws Exception {
        kms.rds().add("rm-pg", RdsEngine.POSTGRESQL);
        DescribeDBInstanceAttributeRequest request = new DescribeDBInstanceAttributeRequest();

        assertThat(sdk.client
                        .describeDBInstanceAttribute(request.setDBInstanceId("rm-pg,rm-orders"))
                        .getBody()
                        .getItems()
                        .getDBInstanceAttribute())
                .extracting(instance -> instance.getDBInstanceId())
                .containsExactly("rm-pg", "rm-orders");
        assertRefused(
                400,
                "InvalidDBInstanceId.NotFound",
                () -> sdk.client.describeDBInstanceAttribute(request.setDBInstanceId("rm-pg,rm-none")));
        assertRefused(
                400,
                "InvalidDBInstanceId",
                () -> sdk.client.describeDBInstanceAttribute(request.setDBInstanceId("rm-pg" + ",rm-pg".repeat(30))));
        RdsSdk user = RdsSdk.of(
                kms.hostAndPort(),
                kms.ram().user("pg").allow("rds:*", dbInstance("rm-pg")).createAccessKey());
        user.client.describeDBInstanceAttribute(request.setDBInstanceId("rm-pg,rm-pg"));
        assertRefused(
                403,
                "Forbidden.RAM",
                () -> user.client.describeDBInstanceAttribute(request.setDBInstanceId("rm-pg,rm-orders")));
    }

    private Map<String, Object> attribute(DescribeDBInstanceAttributeRequest request) throws Exception {
        return sdk.client
                .describeDBInstanceAttribute(request)
                .getBody()
                .getItems()
                .getDBInstanceAttribute()
                .get(0)
                .toMap();
    }

    @Test
    @Proves(
            value = {
                "DescribeDatabases/DBName",
                "DescribeDatabases/DBStatus",
                "DescribeDatabases/paging",
                "DescribeDatabases/answer/DBName",
                "DescribeDatabases/answer/DBInstanceId",
                "DescribeDatabases/answer/DBStatus",
                "DescribeDatabases/answer/Engine",
                "DescribeDatabases/answer/Accounts"
            },
            by = "RDS SDK")
    void describeDatabases_showsWhoMayDoWhat() throws Exception {
        orders.createAccount("orders", PASSWORD, AccountPrivilege.READ_WRITE.on("shop"));
        orders.createAccount("reports", PASSWORD, AccountPrivilege.READ_ONLY.on("shop"));

        var databases = sdk.databases("rm-orders");

        assertThat(databases).extracting(database -> database.getDBName()).containsExactly("archive", "shop");
        assertThat(databases.get(0).getAccounts().getAccountPrivilegeInfo()).isEmpty();
        assertThat(databases.get(1).getAccounts().getAccountPrivilegeInfo())
                .extracting(info -> info.getAccount() + " " + info.getAccountPrivilege())
                .containsExactly("orders ReadWrite", "reports ReadOnly");
        assertThat(databases.get(1).toMap())
                .containsEntry("DBInstanceId", "rm-orders")
                .containsEntry("DBStatus", "Running")
                .containsEntry("Engine", "MySQL");
        assertThat(names(new DescribeDatabasesRequest().setDBName("shop"))).containsExactly("shop");
        assertThat(names(new DescribeDatabasesRequest().setDBStatus("Creating")))
                .isEmpty();
        assertThat(names(new DescribeDatabasesRequest().setPageSize(1).setPageNumber(2)))
                .containsExactly("shop");
    }

    private List<String> names(DescribeDatabasesRequest request) throws Exception {
        return sdk
                .client
                .describeDatabases(request.setDBInstanceId("rm-orders"))
                .getBody()
                .getDatabases()
                .getDatabase()
                .stream()
                .map(database -> database.getDBName())
                .toList();
    }

    @Test
    @Proves(
            value = {
                "DescribeAccounts/AccountName",
                "DescribeAccounts/AccountName/unknown",
                "DescribeAccounts/PageSize/default",
                "DescribeAccounts/PageSize/range"
            },
            by = "RDS SDK")
    void describeAccounts_nameAndPages_areThoseAskedFor() throws Exception {
        for (int i = 100; i < 131; i++) {
            orders.createAccount("app" + i, PASSWORD);
        }
        DescribeAccountsRequest request = new DescribeAccountsRequest().setDBInstanceId("rm-orders");

        assertThat(sdk.accounts("rm-orders")).hasSize(30);
        DescribeAccountsResponseBody second =
                sdk.client.describeAccounts(request.setPageNumber(2)).getBody();
        assertThat(second.getPageNumber()).isEqualTo(2);
        assertThat(second.getTotalRecordCount()).isEqualTo(31);
        assertThat(second.getAccounts().getDBInstanceAccount())
                .extracting(account -> account.getAccountName())
                .containsExactly("app130");
        assertThat(sdk.client
                        .describeAccounts(request.setPageNumber(1).setAccountName("app111"))
                        .getBody()
                        .getAccounts()
                        .getDBInstanceAccount())
                .extracting(account -> account.getAccountName())
                .containsExactly("app111");
        assertThat(sdk.client
                        .describeAccounts(request.setAccountName("nobody"))
                        .getBody()
                        .getAccounts()
                        .getDBInstanceAccount())
                .isEmpty();
        for (int size : new int[] {29, 201}) {
            assertThat(assertRefused(
                            400, "InvalidPageSize", () -> sdk.client.describeAccounts(request.setPageSize(size))))
                    .hasMessageContaining("from 30 to 200");
        }
    }

    @Test
    @Proves(
            value = {
                "CreateAccount/error/IncorrectDBInstanceState",
                "DeleteAccount/error/IncorrectDBInstanceState",
                "ResetAccountPassword/error/IncorrectDBInstanceState",
                "GrantAccountPrivilege/error/IncorrectDBInstanceState"
            },
            by = "RDS SDK")
    void stoppedInstance_takesNoChanges_butIsDescribed() throws Exception {
        orders.createAccount("orders", PASSWORD);
        orders.stop();

        assertRefused(403, "IncorrectDBInstanceState", () -> sdk.create("rm-orders", "other", PASSWORD));
        assertRefused(403, "IncorrectDBInstanceState", () -> sdk.grant("rm-orders", "orders", "shop", "ReadWrite"));
        assertRefused(403, "IncorrectDBInstanceState", () -> sdk.reset("rm-orders", "orders", OTHER_PASSWORD));
        assertRefused(403, "IncorrectDBInstanceState", () -> sdk.delete("rm-orders", "orders"));
        assertThat(sdk.accounts("rm-orders")).hasSize(1);
        assertThat(sdk.databases("rm-orders")).hasSize(2);

        orders.start();
        assertThat(orders.acceptsLogin("orders", PASSWORD)).isTrue();
        assertThat(orders.accountNames()).containsExactly("orders");
    }

    @Test
    @Proves(
            value = {
                "CreateAccount/edition",
                "DescribeAccounts/edition",
                "GrantAccountPrivilege/error/IncorrectDBInstanceType"
            },
            by = "RDS SDK")
    void sqlServer2017ClusterEdition_hasNoAccountsFromOutside() {
        kms.rds()
                .attachWithoutProbe(
                        "rm-cluster", RdsInstance.inMemory(RdsEngine.SQL_SERVER, RdsEdition.SQL_SERVER_2017_CLUSTER));

        assertRefused(403, "IncorrectDBInstanceType", () -> sdk.create("rm-cluster", "orders", PASSWORD));
        assertRefused(403, "IncorrectDBInstanceType", () -> sdk.grant("rm-cluster", "orders", "shop", "DBOwner"));
        assertRefused(403, "IncorrectDBInstanceType", () -> sdk.accounts("rm-cluster"));
        assertRefused(403, "IncorrectDBInstanceType", () -> sdk.databases("rm-cluster"));
    }

    @Test
    void createAccount_manyAtOnceOfOneName_succeedsOnce() throws Exception {
        int callers = 64;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String password = "First-pass-" + i;
                outcomes.add(threads.submit(() -> {
                    start.await();
                    try {
                        sdk.create("rm-orders", "orders", password);
                        return password;
                    } catch (TeaException e) {
                        return e.getCode();
                    }
                }));
            }
            start.countDown();
            List<String> results = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                results.add(outcome.get(30, SECONDS));
            }
            results.removeIf("InvalidAccountName.Duplicate"::equals);
            assertThat(results).hasSize(1);
            assertThat(orders.acceptsLogin("orders", results.get(0))).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    /** The hosts of RDS name regions as those of KMS do. The emulator stands in for an HTTP proxy. */
    @Test
    void hostOfRds_namesItsRegion() throws Exception {
        AccessKey key = kms.createAccessKey();
        RdsSdk shanghai = RdsSdk.through(kms, "rds.cn-shanghai.aliyuncs.com", key);

        assertThat(shanghai.client
                        .describeDBInstanceAttribute(
                                new DescribeDBInstanceAttributeRequest().setDBInstanceId("rm-orders"))
                        .getBody()
                        .getItems()
                        .getDBInstanceAttribute()
                        .get(0)
                        .getRegionId())
                .isEqualTo("cn-shanghai");
    }

    @Test
    void xml_isAnsweredWhenAskedFor() throws Exception {
        orders.createAccount("orders", PASSWORD, AccountPrivilege.READ_WRITE.on("shop"));
        URI uri = kms.endpoint()
                .resolve("/?Action=DescribeAccounts&Version=2014-08-15&Format=XML&DBInstanceId=rm-orders"
                        + "&AccessKeyId=LTAIunknown&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=n"
                        + "&Timestamp=2026-01-01T00%3A00%3A00Z&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D");

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body())
                .contains(
                        "<DescribeAccountsResponse><Accounts><DBInstanceAccount><DBInstanceId>rm-orders</DBInstanceId>",
                        "<DatabasePrivileges><DatabasePrivilege><AccountPrivilege>ReadWrite</AccountPrivilege>"
                                + "<DBName>shop</DBName></DatabasePrivilege></DatabasePrivileges>",
                        "<TotalRecordCount>1</TotalRecordCount>");
    }

    private List<CheckedCall> everyCallOn(String instance) {
        List<CheckedCall> calls = new ArrayList<>(everyCall(sdk, instance));
        calls.remove(calls.size() - 1);
        return calls;
    }

    /** The last names no instance. */
    private static List<CheckedCall> everyCall(RdsSdk sdk, String instance) {
        return List.of(
                () -> sdk.create(instance, "orders", PASSWORD),
                () -> sdk.client.grantAccountPrivilege(new GrantAccountPrivilegeRequest()
                        .setDBInstanceId(instance)
                        .setAccountName("orders")
                        .setDBName("shop")
                        .setAccountPrivilege("ReadWrite")),
                () -> sdk.client.resetAccountPassword(new ResetAccountPasswordRequest()
                        .setDBInstanceId(instance)
                        .setAccountName("orders")
                        .setAccountPassword(OTHER_PASSWORD)),
                () -> sdk.client.deleteAccount(
                        new DeleteAccountRequest().setDBInstanceId(instance).setAccountName("orders")),
                () -> sdk.accounts(instance),
                () -> sdk.databases(instance),
                () -> sdk.client.describeDBInstanceAttribute(
                        new DescribeDBInstanceAttributeRequest().setDBInstanceId(instance)),
                () -> sdk.client.describeDBInstances(new DescribeDBInstancesRequest().setRegionId("cn-hangzhou")));
    }

    private interface CheckedCall {
        void run() throws Exception;
    }
}
