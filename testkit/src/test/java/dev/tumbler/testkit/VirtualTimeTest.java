package dev.tumbler.testkit;

import static dev.tumbler.emulator.fault.Fault.unavailable;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.KmsException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.time.EmulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The emulator's time is the time of the caches that the testkit hands out. */
@Timeout(60)
@KmsEmulatorTest
@FrozenClock("2026-01-01T00:00:00Z")
class VirtualTimeTest {
    @Emulated
    private EmulatorClock clock;

    @Test
    @RdsSecret(name = "orders/db", account = "orders", rotateEvery = "P7D")
    void advance_acrossARotation_returnsWhenTheCacheHasTheNewVersion(KmsEmulator kms, SecretCache cache) {
        CachedSecret<RdsCredentials> db = cache.rds("orders/db");
        List<String> accounts = new CopyOnWriteArrayList<>(List.of(db.get().accountName()));
        db.onChange(changed -> accounts.add(changed.accountName()));

        for (int week = 1; week <= 4; week++) {
            clock.advance(Duration.ofDays(7));
            assertThat(db.versionId()).isEqualTo(kms.secret("orders/db").currentVersionId());
        }

        assertThat(accounts)
                .as("listeners were told before advance returned")
                .containsExactly("orders", "orders_clone", "orders", "orders_clone", "orders");
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void advance_ofAYear_refreshesOnce(KmsEmulator kms, SecretCache cache) {
        cache.text("mail/smtp").get();

        clock.advance(Duration.ofDays(365));

        assertThat(kms).received(GET_SECRET_VALUE).times(2);
        assertThat(cache.text("mail/smtp").readAt()).hasValue(clock.now());
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void advance_ofLessThanAnInterval_refreshesNothing(KmsEmulator kms, SecretCache cache) {
        cache.text("mail/smtp").get();

        clock.advance(Duration.ofMinutes(7));
        assertThat(kms).received(GET_SECRET_VALUE).times(1);

        clock.advance(Duration.ofMinutes(3));
        assertThat(kms).received(GET_SECRET_VALUE).times(2);
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void advance_whileTheServiceIsAway_makesStaleThenExpired(KmsEmulator kms, SecretCache cache) {
        CachedSecret<String> password = cache.text("mail/smtp");
        assertThat(password.get()).isEqualTo("password");
        FaultRule away = kms.faults().on(GET_SECRET_VALUE).respond(unavailable());

        clock.advance(Duration.ofHours(1));
        assertThat(password.isStale()).isTrue();
        assertThat(password.get()).isEqualTo("password");

        clock.advance(Duration.ofHours(23));
        assertThat(password.readAt()).isEmpty();
        assertThatThrownBy(password::get).isInstanceOf(KmsException.class);

        kms.faults().remove(away);
        assertThat(password.get()).isEqualTo("password");
        assertThat(password.isStale()).isFalse();
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void advance_ofDeletion_comesBeforeTheRefresh(SecretsClient client, SecretCache cache) {
        CachedSecret<String> password = cache.text("mail/smtp");
        password.get();
        client.deleteSecret(r -> r.secretName("mail/smtp").recoveryWindowInDays(7));

        clock.advance(Duration.ofDays(7));

        assertThat(password.isStale() || password.readAt().isEmpty()).isTrue();
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void refreshNow_afterASecondOfTheClock_asksAgain(SecretsClient client, SecretCache cache) {
        CachedSecret<String> password = cache.text("mail/smtp");
        for (int i = 2; i < 5; i++) {
            password.refreshNow();
            client.putSecretValue("mail/smtp", "v" + i, "password " + i);
            clock.advance(Duration.ofSeconds(1));

            assertThat(password.refreshNow()).isEqualTo("password " + i);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void listener_thatAdvancesTheClock_doesNotWaitForItself(SecretsClient client, SecretCache cache) {
        CachedSecret<String> password = cache.text("mail/smtp");
        password.get();
        AtomicBoolean told = new AtomicBoolean();
        password.onChange(changed -> {
            clock.advance(Duration.ofSeconds(1));
            told.set(true);
        });
        client.putSecretValue("mail/smtp", "v2", "another");

        clock.advance(Duration.ofMinutes(10));

        assertThat(told).isTrue();
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:10:01Z"));
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void cachesOfOnesOwnInterval_moveToo(KmsTestbed kms) {
        SecretCache fast = kms.newCache(settings -> settings.refreshInterval(Duration.ofMinutes(1)));
        fast.text("mail/smtp").get();

        clock.advance(Duration.ofMinutes(1));

        assertThat(fast.text("mail/smtp").readAt()).hasValue(clock.now());
    }

    @Test
    @RdsSecret(name = "orders/db", account = "orders", rotateEvery = "P1D")
    void manyThreads_advanceAndRead_allSeeTheLastVersion(KmsEmulator kms, SecretCache cache) throws Exception {
        CachedSecret<RdsCredentials> db = cache.rds("orders/db");
        db.get();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int day = 0; day < 5; day++) {
                        clock.advance(Duration.ofDays(1));
                        db.get();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        clock.advance(Duration.ofMinutes(10));
        assertThat(kms.secret("orders/db").rotations()).isEqualTo(40);
        assertThat(db.versionId()).isEqualTo(kms.secret("orders/db").currentVersionId());
    }

    @Nested
    class Following {
        @Test
        void realTime_passesForCachesToo() {
            try (KmsTestbed kms = KmsTestbed.start()) {
                kms.client().createSecret(r -> r.secretName("a").versionId("v1").secretData("x"));
                SecretCache cache = kms.newCache(settings ->
                        settings.refreshInterval(Duration.ofMillis(200)).expireAfter(Duration.ofMinutes(1)));
                cache.text("a").get();
                await().untilAsserted(() ->
                        assertThat(kms.emulator()).received(GET_SECRET_VALUE).atLeast(3));

                Instant before = kms.clock().now();
                kms.clock().advance(Duration.ofMinutes(10));
                assertThat(cache.text("a").readAt())
                        .hasValueSatisfying(
                                readAt -> assertThat(readAt).isAfterOrEqualTo(before.plus(Duration.ofMinutes(10))));
            }
        }
    }
}
