package dev.tumbler.emulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.store.RotatingProgram.Step;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.KmsSdk.Account;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * An emulator that is killed at a step of a rotation on a real database, and the next one, with the same store and database:
 * it finishes the rotation with the password of the first.
 *
 * @param directory the store
 * @param rds the database, with an account {@code orders}
 * @param url where the killed emulator finds it
 */
record KilledEmulator(Path directory, RdsInstance rds, String url, Login login) {
    /** Each strategy, and each step. */
    static Stream<Arguments> all() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Arguments.of("DoubleUsers", step), Arguments.of("SingleUser", step)));
    }

    void killAt(String strategy, Step step) throws Exception {
        EmulatorProcess killed = EmulatorProcess.start(directory, url, strategy, step.name());
        assertThat(killed.exit()).as(killed.output()).isEqualTo(RotatingProgram.KILLED);

        try (KmsEmulator kms = KmsEmulator.builder().store(directory).start()) {
            Client sdk = KmsSdk.connect(kms);
            kms.rds().attach("rm-1", rds);
            await().until(() ->
                    KmsSdk.read(sdk, "orders/db", "ACSCurrent").getVersionId().equals("v2"));

            assertLogsIn(sdk, "ACSCurrent", strategy.equals("DoubleUsers") ? "orders_clone" : "orders");
            if (strategy.equals("DoubleUsers")) {
                assertLogsIn(sdk, "ACSPrevious", "orders");
            }
            assertThat(sdk.describeSecret(new DescribeSecretRequest().setSecretName("orders/db"))
                            .getBody()
                            .getLastRotationDate())
                    .isNotNull();

            sdk.rotateSecret(
                    new RotateSecretRequest().setSecretName("orders/db").setVersionId("v3"));
            assertLogsIn(sdk, "ACSCurrent", "orders");
        }
    }

    private void assertLogsIn(Client sdk, String stage, String accountName) throws Exception {
        Account account = KmsSdk.account(KmsSdk.read(sdk, "orders/db", stage));
        assertThat(account.name()).isEqualTo(accountName);
        try (Connection connection = login.connect(accountName, account.password())) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    void deleteAccounts() {
        for (String name : new String[] {"orders_clone", "orders"}) {
            if (rds.hasAccount(name)) {
                rds.deleteAccount(name);
            }
        }
    }

    /** Where to log in. */
    interface Login {
        Connection connect(String user, String password) throws SQLException;
    }
}
