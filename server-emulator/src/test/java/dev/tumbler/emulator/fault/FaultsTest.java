package dev.tumbler.emulator.fault;

import static dev.tumbler.emulator.fault.Fault.connectionReset;
import static dev.tumbler.emulator.fault.Fault.error;
import static dev.tumbler.emulator.fault.Fault.garbage;
import static dev.tumbler.emulator.fault.Fault.noAnswer;
import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.fault.Fault.tornAnswer;
import static dev.tumbler.emulator.journal.KmsAction.CREATE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.emulator.journal.KmsAction.LIST_SECRETS;
import static dev.tumbler.emulator.journal.KmsAction.PUT_SECRET_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.journal.JournalEntry;
import dev.tumbler.emulator.ram.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rules meet, and what the official SDK makes of it. */
@Timeout(60)
class FaultsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final KmsEmulator kms = KmsEmulator.builder().clockFrozenAt(START).start();
    private final Faults faults = kms.faults();
    private final AccessKey key = kms.createAccessKey();
    private Client sdk;

    @BeforeEach
    void connect() throws Exception {
        sdk = new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret()));
        create("orders/db");
        create("mail");
        kms.journal().clear();
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void refusal_firstTwoReadsOfOneSecret_meetsThoseOnly() throws Exception {
        FaultRule rule =
                faults.on(GET_SECRET_VALUE).forSecret("orders/*").times(2).respond(throttled());

        read("mail");
        TeaException first = catchThrowableOfType(TeaException.class, () -> read("orders/db"));
        assertThat(first.getCode()).isEqualTo("Rejected.Throttling");
        assertThat(first.getStatusCode()).isEqualTo(429);
        assertThatThrownBy(() -> read("acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":secret/orders/db"))
                .isInstanceOf(TeaException.class);
        read("orders/db");

        assertThat(rule.fired()).isEqualTo(2);
        assertThat(rule).hasToString("fault on GetSecretValue on \"orders/*\", met 2 of 2 calls");
        assertThat(kms.journal().entries())
                .extracting(JournalEntry::secretName, JournalEntry::status, JournalEntry::faulty)
                .containsExactly(
                        tuple("mail", 200, false),
                        tuple("orders/db", 429, true),
                        tuple("orders/db", 429, true),
                        tuple("orders/db", 200, false));
    }

    @Test
    void refusal_ofAWrite_changesNothing() {
        faults.on(CREATE_SECRET).respond(error(403, "Forbidden.InDebt", "Pay first."));

        assertThatThrownBy(() -> create("new")).hasMessageContaining("Pay first.");

        faults.clear();
        assertThatThrownBy(() -> read("new")).hasMessageContaining("Resource not found");
    }

    static Stream<Fault> brokenAnswers() {
        return Stream.of(tornAnswer(), garbage(), noAnswer(), connectionReset());
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void brokenAnswer_toAWrite_comesAfterTheDeed(Fault fault) throws Exception {
        faults.on(CREATE_SECRET).respond(fault);

        assertThatThrownBy(() -> create("new")).isInstanceOf(Exception.class);

        assertThat(read("new")).isEqualTo("v1");
    }

    @Test
    void delayed_answer_arrives() throws Exception {
        FaultRule rule = faults.on(GET_SECRET_VALUE).respond(Fault.delayed(Duration.ofMillis(20)));

        assertThat(read("mail")).isEqualTo("v1");
        assertThat(rule.fired()).isEqualTo(1);
    }

    @Test
    void after_someCalls_theyPass() throws Exception {
        faults.on(GET_SECRET_VALUE).after(1).times(1).respond(throttled());

        read("mail");
        assertThatThrownBy(() -> read("mail")).isInstanceOf(TeaException.class);
        read("mail");
    }

    @Test
    void forTheNext_hour_endsOnTheEmulatorsClock() throws Exception {
        faults.on().forTheNext(Duration.ofHours(1)).respond(throttled());

        kms.clock().advance(Duration.ofHours(1).minusNanos(1));
        assertThatThrownBy(() -> read("mail")).isInstanceOf(TeaException.class);
        kms.clock().advance(Duration.ofNanos(1));
        read("mail");
    }

    @Test
    void rules_newestFirst_usedUpOnesStepAside() throws Exception {
        faults.on(GET_SECRET_VALUE).respond(error(500, "Older", "older"));
        faults.on(GET_SECRET_VALUE).times(1).respond(error(500, "Newer", "newer"));

        assertThatThrownBy(() -> read("mail")).hasMessageContaining("newer");
        assertThatThrownBy(() -> read("mail")).hasMessageContaining("older");
    }

    @Test
    void unused_ruleThatMetNothing_isNamed() {
        FaultRule slip = faults.on(PUT_SECRET_VALUE).forSecret("order/db").respond(throttled());
        FaultRule used = faults.on(LIST_SECRETS).respond(throttled());
        faults.next("cn-hangzhou", LIST_SECRETS, null);

        assertThat(faults.unused()).containsExactly(slip);
        assertThat(used).hasToString("fault on ListSecrets, met 1 call");
        faults.remove(slip);
        assertThat(faults.rules()).containsExactly(used);
    }

    @Test
    void times_200Threads_exactlySoManyAreMet() throws Exception {
        FaultRule rule = faults.on(GET_SECRET_VALUE).after(30).times(50).respond(throttled());
        AtomicInteger met = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(200);
        for (int i = 0; i < 1_000; i++) {
            threads.execute(
                    () -> faults.next("cn-hangzhou", GET_SECRET_VALUE, "a").ifPresent(fault -> met.incrementAndGet()));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(met).hasValue(50);
        assertThat(rule.fired()).isEqualTo(50);
    }

    @Test
    void rule_thatCannotMeetAnything_isRefused() {
        Faults.Builder rule = faults.on();
        assertThatIllegalArgumentException().isThrownBy(() -> rule.times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.after(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.forTheNext(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> error(200, "Code", "text"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.delayed(Duration.ofMillis(-1)));
        assertThat(faults.rules()).isEqualTo(List.of());
    }

    @Test
    void clockSkew_saysThatTheTimeIsWrong() throws Exception {
        faults.on(GET_SECRET_VALUE).times(1).respond(Fault.clockSkew());

        TeaException refused = catchThrowableOfType(TeaException.class, () -> read("mail"));

        assertThat(refused.getCode()).isEqualTo("InvalidTimeStamp.Expired");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        read("mail");
    }

    @Test
    void inRegion_anotherRegion_isLeftAlone() throws Exception {
        FaultRule rule = faults.on().inRegion("cn-shanghai").respond(throttled());

        read("mail");

        assertThat(rule.fired()).isZero();
        assertThat(rule).hasToString("fault on any action in cn-shanghai, met 0 calls");
    }

    @Test
    void listener_isToldOfEachRuleUntilItEnds() {
        List<FaultRule> told = new ArrayList<>();
        Subscription listening = faults.listen(told::add);
        FaultRule first = faults.on().respond(throttled());
        listening.close();
        faults.on().respond(throttled());

        assertThat(told).containsExactly(first);
    }

    private void create(String name) throws Exception {
        sdk.createSecret(
                new CreateSecretRequest().setSecretName(name).setVersionId("v1").setSecretData("value"));
    }

    private String read(String name) throws Exception {
        return sdk.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getVersionId();
    }
}
