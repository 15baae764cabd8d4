package dev.tumbler.samples.springboot;

import static dev.tumbler.emulator.rds.RdsEngine.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.testkit.Emulated;
import dev.tumbler.testkit.KmsEmulatorTest;
import dev.tumbler.testkit.KmsTestbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KmsEmulatorTest
@SpringBootTest
@DirtiesContext
@Timeout(120)
class OrderRepositoryTest {
    private static final RealPostgres postgres = RealPostgres.start();

    @Emulated
    private static KmsTestbed kms;

    @Autowired
    private OrderRepository orders;

    @Autowired
    private SecretCache secrets;

    @DynamicPropertySource
    static void pointToTheEmulator(DynamicPropertyRegistry properties) {
        properties.add("tumbler.endpoint", () -> kms.endpoint());
        properties.add("tumbler.access-key-id", () -> kms.accessKey().id());
        properties.add("tumbler.access-key-secret", () -> kms.accessKey().secret());
        // Else HikariCP may still be filling its pool as the old account when the password changes.
        properties.add("spring.datasource.hikari.minimum-idle", () -> 1);
        properties.add("spring.datasource.url", () -> postgres.url().replace("jdbc:", "jdbc:tumbler:"));
    }

    @BeforeAll
    static void fill() throws Exception {
        RdsInstance rds = kms.emulator()
                .rds()
                .attach(
                        "rm-orders",
                        RdsInstance.jdbc(POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD));
        rds.createAccount("orders", "First-pass-1");
        try (var connection = postgres.connect(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders AS SELECT generate_series(1, 3) AS id");
            statement.execute("GRANT SELECT ON orders TO orders");
        }
        kms.client()
                .createSecret(r -> r.secretName("orders/db")
                        .versionId("v1")
                        .rdsDualAccount("rm-orders", new RdsCredentials("orders", "First-pass-1")));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void orders_areCountedBeforeAndAfterEachRotation() {
        assertThat(orders.count()).isEqualTo(3);
        assertThat(orders.account()).isEqualTo("orders");
        for (int rotation = 1; rotation <= 3; rotation++) {
            kms.client().rotateSecret("orders/db", "rotated-" + rotation);
            assertThat(orders.count()).isEqualTo(3);

            String account = rotation % 2 == 1 ? "orders_clone" : "orders";
            await().untilAsserted(() -> {
                secrets.rds("orders/db").refreshNow(); // in production it does so by itself
                assertThat(orders.account()).isEqualTo(account);
            });
            assertThat(orders.count()).isEqualTo(3);
        }
    }

    @Test
    void springsOwn_andTheTestkits_areInjectedSideBySide(@Autowired SecretsClient ofSpring, SecretsClient ofTestkit) {
        assertThat(ofTestkit).isSameAs(kms.client()).isNotSameAs(ofSpring);
        assertThat(ofSpring.getSecretValue("orders/db").secretData())
                .isEqualTo(ofTestkit.getSecretValue("orders/db").secretData());
    }
}
