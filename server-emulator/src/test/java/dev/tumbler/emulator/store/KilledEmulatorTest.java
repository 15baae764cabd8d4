package dev.tumbler.emulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.store.RotatingProgram.Step;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An emulator is killed at each step of a rotation on a real PostgreSQL, with either strategy. The next one, with the same
 * store and database, finishes the rotation with the password of the first.
 */
@Timeout(120)
class KilledEmulatorTest {
    private static RealPostgres postgres;

    @TempDir
    private Path directory;

    private RdsInstance rds;

    @BeforeAll
    static void startDatabase() {
        postgres = RealPostgres.start();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void createAccount() {
        rds = RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
        rds.createAccount("orders", "First-pass-1");
    }

    @AfterEach
    void deleteAccounts() {
        for (String name : new String[] {"orders_clone", "orders"}) {
            if (rds.hasAccount(name)) {
                rds.deleteAccount(name);
            }
        }
    }

    static Stream<Arguments> steps() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Arguments.of("DoubleUsers", step), Arguments.of("SingleUser", step)));
    }

    /** The secret holds a password that no longer logs in, and only the pending record has the other. */
    @Test
    void killed_withTheOnlyPasswordChanged_theNextEmulatorFinishesTheRotation() throws Exception {
        killAt("SingleUser", Step.AFTER_APPLY);
    }

    @ParameterizedTest
    @MethodSource("steps")
    @Tag("soak")
    void killed_atAnyStep_theNextEmulatorFinishesTheRotation(String strategy, Step step) throws Exception {
        killAt(strategy, step);
    }

    private void killAt(String strategy, Step step) throws Exception {
        EmulatorProcess killed = EmulatorProcess.start(directory, postgres.url(), strategy, step.name());
        assertThat(killed.exit()).as(killed.output()).isEqualTo(RotatingProgram.KILLED);

        try (KmsEmulator kms = KmsEmulator.builder().store(directory).start()) {
            Client sdk = KmsSdk.connect(kms);
            kms.rds().attach("rm-1", rds);
            await().until(() -> value(sdk, "ACSCurrent").getVersionId().equals("v2"));

            assertLogsIn(value(sdk, "ACSCurrent"), strategy.equals("DoubleUsers") ? "orders_clone" : "orders");
            if (strategy.equals("DoubleUsers")) {
                assertLogsIn(value(sdk, "ACSPrevious"), "orders");
            }
            assertThat(sdk.describeSecret(new DescribeSecretRequest().setSecretName("orders/db"))
                            .getBody()
                            .getLastRotationDate())
                    .isNotNull();

            sdk.rotateSecret(
                    new RotateSecretRequest().setSecretName("orders/db").setVersionId("v3"));
            assertLogsIn(value(sdk, "ACSCurrent"), "orders");
        }
    }

    private static void assertLogsIn(GetSecretValueResponseBody value, String accountName) throws Exception {
        JsonObject account = JsonParser.parseString(value.getSecretData()).getAsJsonObject();
        assertThat(account.get("AccountName").getAsString()).isEqualTo(accountName);
        try (Connection connection =
                postgres.connect(accountName, account.get("AccountPassword").getAsString())) {
            assertThat(connection.isValid((int) Duration.ofSeconds(5).toSeconds()))
                    .isTrue();
        }
    }

    private static GetSecretValueResponseBody value(Client sdk, String stage) throws Exception {
        return sdk.getSecretValue(
                        new GetSecretValueRequest().setSecretName("orders/db").setVersionStage(stage))
                .getBody();
    }
}
