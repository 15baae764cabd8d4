package dev.tumbler.testkit;

import static dev.tumbler.emulator.rds.RdsEngine.MYSQL;
import static dev.tumbler.emulator.rds.RdsEngine.POSTGRESQL;
import static dev.tumbler.emulator.rotation.RotationStrategy.SINGLE_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.time.EmulatorClock;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What annotations give a test. */
@Timeout(60)
@KmsEmulatorTest
@FrozenClock("2026-01-01T00:00:00Z")
@GenericSecret(name = "mail/smtp", value = "outer")
class FixturesTest {
    @RdsSecret(name = "orders/db", rotateEvery = "P7D", account = "orders", dbInstanceId = "rm-orders")
    private RdsInstance orders;

    private RdsInstance inBeforeEach;

    @BeforeEach
    void fieldsAreFilledBefore() {
        inBeforeEach = orders;
    }

    @Test
    void field_withAnRdsSecret_isTheInstanceOfTheTestsOwnEmulator(KmsEmulator kms, SecretsClient client) {
        assertThat(orders)
                .isSameAs(inBeforeEach)
                .isSameAs(kms.rds().find("rm-orders").orElseThrow());
        RdsCredentials before = client.getSecretValue("orders/db").asRdsCredentials();
        assertThat(orders.acceptsLogin("orders", before.accountPassword())).isTrue();

        kms.clock().advance(Duration.ofDays(7));

        RdsCredentials after = client.getSecretValue("orders/db").asRdsCredentials();
        assertThat(after.accountName()).isEqualTo("orders_clone");
        assertThat(orders.acceptsLogin("orders_clone", after.accountPassword())).isTrue();
    }

    @Test
    void parameter_ofTheOnlyInstance_isThat(RdsInstance only, EmulatorClock clock) {
        assertThat(only).isSameAs(orders);
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    @GenericSecret(name = "a", value = "1")
    @GenericSecret(name = "b", value = "2", versionId = "first")
    @FrozenClock("2030-06-01T00:00:00Z")
    void method_withAnnotations_hasThemBesideThoseOfTheClass(SecretsClient client, EmulatorClock clock) {
        assertThat(client.getSecretValue("a").secretData().asString()).isEqualTo("1");
        assertThat(client.getSecretValue("b").versionId()).isEqualTo("first");
        assertThat(client.getSecretValue("mail/smtp").secretData().asString()).isEqualTo("outer");
        assertThat(clock.now()).isEqualTo(Instant.parse("2030-06-01T00:00:00Z"));
    }

    @Test
    void method_without_hasNotThoseOfAnother(SecretsClient client) {
        Assertions.assertThatThrownBy(() -> client.getSecretValue("a")).isInstanceOf(SecretNotFoundException.class);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @GenericSecret(name = "composed", value = "x")
    @RdsSecret(name = "users/db", engine = MYSQL, strategy = SINGLE_ACCOUNT, dbInstanceId = "rm-users")
    @interface UsersDatabase {}

    @Nested
    @UsersDatabase
    class Inner {
        @Test
        void annotationOfOnesOwn_andThoseOfTheOuterClass_count(KmsEmulator kms, SecretsClient client) {
            assertThat(client.getSecretValue("composed").versionId()).isEqualTo("v1");
            assertThat(client.getSecretValue("mail/smtp").versionId()).isEqualTo("v1");
            assertThat(kms.rds().find("rm-users").orElseThrow().engine()).isEqualTo(MYSQL);
            assertThat(orders).isSameAs(kms.rds().find("rm-orders").orElseThrow());
            client.rotateSecret("users/db", "v2");
            assertThat(client.getSecretValue("users/db").asRdsCredentials().accountName())
                    .isEqualTo("app");
        }
    }

    @Test
    void staticField_sharesOneEmulator() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Shared.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
    }

    @KmsEmulatorTest
    static class Shared {
        @RdsSecret(name = "orders/db", account = "orders")
        private static RdsInstance shared;

        @Test
        void one(RdsInstance rds, SecretsClient client) {
            assertThat(rds).isSameAs(shared);
            client.rotateSecret("orders/db", "v2");
        }

        @Test
        void other(RdsInstance rds, SecretsClient client) {
            assertThat(rds).isSameAs(shared);
            client.rotateSecret("orders/db", "v3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NoInstance       | needs exactly one RDS instance, and the emulator has none: add @RdsSecret
            TwoInstances     | needs exactly one RDS instance, and the emulator has rm-1, rm-2
            BadInstant       | @FrozenClock takes an instant like 2026-01-01T00:00:00Z, not "tomorrow"
            BadDuration      | rotateEvery of @RdsSecret takes a duration like P7D or PT6H, not "7d"
            TwoEngines       | with different engines: POSTGRESQL and MYSQL
            WrongField       | @RdsSecret is for fields of type RdsInstance
            FinalField       | cannot be set; it must not be final
            MethodOfShared   | share one emulator, so what it has must be said on the class
            BrokenName       | The service names SecretName.
            """)
    void misuse_isNamed(String className, String said) throws Exception {
        run(Class.forName(FixturesTest.class.getName() + "$Misuse$" + className))
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message(text -> text.contains(said)))));
    }

    private static Events run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents();
    }

    static class Misuse {
        @KmsEmulatorTest
        static class NoInstance {
            @Test
            void test(RdsInstance rds) {}
        }

        @KmsEmulatorTest
        @RdsSecret(name = "a", dbInstanceId = "rm-1")
        @RdsSecret(name = "b", dbInstanceId = "rm-2")
        static class TwoInstances {
            @Test
            void test(RdsInstance rds) {}
        }

        @KmsEmulatorTest
        @FrozenClock("tomorrow")
        static class BadInstant {
            @Test
            void test(KmsEmulator kms) {}
        }

        @KmsEmulatorTest
        @RdsSecret(name = "a", rotateEvery = "7d")
        static class BadDuration {
            @Test
            void test(KmsEmulator kms) {}
        }

        @KmsEmulatorTest
        @RdsSecret(name = "a", engine = POSTGRESQL)
        @RdsSecret(name = "b", engine = MYSQL, account = "other")
        static class TwoEngines {
            @Test
            void test(KmsEmulator kms) {}
        }

        @KmsEmulatorTest
        static class WrongField {
            @RdsSecret(name = "a")
            String rds;

            @Test
            void test() {}
        }

        @KmsEmulatorTest
        static class FinalField {
            @RdsSecret(name = "a")
            static final RdsInstance RDS = null;

            @Test
            void test() {}
        }

        @KmsEmulatorTest
        static class MethodOfShared {
            @RdsSecret(name = "a")
            static RdsInstance rds;

            @Test
            @GenericSecret(name = "b", value = "x")
            void test() {}
        }

        @KmsEmulatorTest
        @GenericSecret(name = "no name!", value = "x")
        static class BrokenName {
            @Test
            void test(KmsEmulator kms) {}
        }
    }
}
