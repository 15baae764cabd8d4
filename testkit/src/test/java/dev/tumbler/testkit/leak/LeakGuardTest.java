package dev.tumbler.testkit.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.testing.SecretForms;
import dev.tumbler.testkit.KmsTestbed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Each place and each form in which a value can be found. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class LeakGuardTest {
    private static final String VALUE = "c4nary\"\\ +你-value";

    private interface Deed {
        void run() throws Exception;
    }

    static Stream<Arguments> places() {
        return Stream.of(
                place("System.out", () -> System.out.println("password is " + VALUE)),
                place("System.err", () -> System.err.print("password is " + VALUE)),
                place("System.out", () -> {
                    System.out.print("password is " + VALUE.substring(0, 7));
                    System.out.print(VALUE.substring(7));
                }),
                place("System.out", () -> {
                    byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
                    for (byte one : bytes) {
                        System.out.write(one);
                    }
                    System.out.flush();
                }),
                place("System.out", () -> System.out.printf("%s has %s%n", "user", VALUE)),
                place(
                        "java.util.logging, a.b, WARNING",
                        () -> java.util.logging.Logger.getLogger("a.b").log(Level.WARNING, "got {0}", VALUE)),
                place(
                        "java.util.logging, a.b, SEVERE",
                        () -> java.util.logging.Logger.getLogger("a.b")
                                .log(Level.SEVERE, "failed", new IllegalStateException("with " + VALUE))),
                place(
                        "Logback, a.b, ERROR",
                        () -> LoggerFactory.getLogger("a.b").error("got {}", VALUE)),
                place(
                        "Logback, a.b, WARN",
                        () -> LoggerFactory.getLogger("a.b")
                                .warn("failed", new IllegalStateException(new RuntimeException(VALUE)))),
                place("MDC, secret, a.b", () -> {
                    try (MDC.MDCCloseable unused = MDC.putCloseable("secret", VALUE)) {
                        LoggerFactory.getLogger("a.b").error("nothing to see");
                    }
                }),
                place("Log4j, a.b, ERROR", () -> LogManager.getLogger("a.b").error("got {}", VALUE)),
                place(
                        "Log4j, a.b, FATAL",
                        () -> LogManager.getLogger("a.b").fatal("failed", new IllegalStateException(VALUE))),
                place("MDC, secret, a.b", () -> {
                    try (var unused = org.apache.logging.log4j.CloseableThreadContext.put("secret", VALUE)) {
                        LogManager.getLogger("a.b").error("nothing to see");
                    }
                }));
    }

    private static Arguments place(String name, Deed deed) {
        return Arguments.of(name, deed);
    }

    @ParameterizedTest
    @MethodSource("places")
    void value_thatGoesThere_isFoundThere(String place, Deed deed) throws Exception {
        try (LeakGuard guard = LeakGuard.start().value("the value", VALUE)) {
            deed.run();

            // What Log4j and java.util.logging print on the console is found there too.
            assertThat(guard.leaks()).anySatisfy(leak -> {
                assertThat(leak.place()).startsWith(place);
                assertThat(leak.value()).isEqualTo("the value");
                assertThat(leak.form()).isEqualTo("as it is");
            });
            assertThatThrownBy(guard::assertNoLeaks)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("***")
                    .message()
                    .doesNotContain("c4nary", "value\"");
        }
        assertThat(ThreadContext.isEmpty()).isTrue();
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("as it is", VALUE),
                Arguments.of("URL-encoded", "c4nary%22%5C+%2B%E4%BD%A0-value"),
                Arguments.of("URL-encoded", "c4nary%22%5C%20%2B%E4%BD%A0-value"),
                Arguments.of("JSON-escaped", "c4nary\\\"\\\\ +你-value"),
                Arguments.of("in Base64", Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8))),
                Arguments.of(
                        "in Base64, as part of more",
                        Base64.getEncoder().encodeToString(("user:" + VALUE + "!").getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void value_inAnEncoding_isFound(String form, String encoded) {
        try (LeakGuard guard = LeakGuard.start().value("the value", VALUE)) {
            guard.look(new IllegalStateException("before " + encoded + " after"));

            assertThat(guard.leaks()).singleElement().satisfies(leak -> {
                assertThat(leak.place()).isEqualTo("exception, java.lang.IllegalStateException");
                assertThat(leak.form()).isEqualTo(form);
                // Of Base64, a character at each end may hold bits of the neighbours too.
                assertThat(leak.excerpt()).matches("before \\S{0,8}\\*\\*\\*\\S{0,4} after");
            });
        }
    }

    @Test
    void forms_areThoseThatTheEmulatorsTestsLookForToo() {
        for (String value : List.of(VALUE, "C4nary=first&pass+1", "<&'>/\n\tx=y")) {
            assertThat(Forms.of(value).keySet()).containsAll(SecretForms.of(value));
        }
    }

    @Test
    void exception_causeAndSuppressed_areLookedInto() {
        try (LeakGuard guard = LeakGuard.start().value("the value", VALUE)) {
            Exception cause = new IllegalArgumentException(VALUE);
            Exception thrown = new RuntimeException("outer", cause);
            Exception suppressed = new Exception("suppressed " + VALUE);
            thrown.addSuppressed(suppressed);
            // A circle must not be run through for ever.
            suppressed.addSuppressed(thrown);

            guard.look(thrown);

            assertThat(guard.leaks())
                    .extracting(Leak::place)
                    .containsExactlyInAnyOrder(
                            "exception, cause java.lang.IllegalArgumentException",
                            "exception, suppressed java.lang.Exception");
        }
    }

    @Test
    void threadName_andLeftMdc_areLookedAt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(end), "worker for " + VALUE);
        thread.start();
        MDC.put("secret", VALUE);
        try (LeakGuard guard = LeakGuard.start().value("the value", VALUE)) {
            assertThat(guard.leaks())
                    .extracting(Leak::place)
                    .containsExactlyInAnyOrder("name of a thread", "MDC, secret");
        } finally {
            MDC.remove("secret");
            end.countDown();
            thread.join();
        }
    }

    @Test
    void rotatedPasswords_andAccessKeys_areKnown() {
        try (KmsTestbed kms = KmsTestbed.start();
                LeakGuard guard = LeakGuard.start().watch(kms)) {
            kms.emulator().rdsSecrets();
            kms.client()
                    .createSecret(r -> r.secretName("api")
                            .versionId("v1")
                            .secretData("{\"url\": \"http://example.org\", \"apiToken\": \"t0ken-of-the-api\"}"));
            var rds = kms.emulator().rds().add("rm-1", dev.tumbler.emulator.rds.RdsEngine.POSTGRESQL);
            rds.createAccount("orders", "First-pass-1");
            kms.client()
                    .createSecret(r -> r.secretName("db")
                            .versionId("v1")
                            .rdsDualAccount(
                                    "rm-1", new dev.tumbler.client.model.RdsCredentials("orders", "First-pass-1"))
                            .enableAutomaticRotation(true)
                            .rotationInterval(Duration.ofDays(1)));
            kms.clock().advance(Duration.ofDays(3));
            assertThat(guard.leaks()).isEmpty();

            System.out.println("First-pass-1");
            System.out.println(
                    kms.client().getSecretValue("db").asRdsCredentials().accountPassword());
            System.out.println("http://example.org with t0ken-of-the-api");
            System.out.println(kms.accessKey().secret());

            String version = kms.emulator().secret("db").currentVersionId().orElseThrow();
            assertThat(guard.leaks())
                    .extracting(Leak::value)
                    .containsExactlyInAnyOrder(
                            "AccountPassword of \"db\", version v1",
                            "AccountPassword of \"db\", version " + version,
                            "apiToken in SecretData of \"api\", version v1",
                            "AccessKeySecret of " + kms.accessKey().id());
        }
    }

    @Test
    void value_thatBecomesKnownAfterItWasWritten_isFound() {
        try (LeakGuard guard = LeakGuard.start()) {
            System.out.println("sending " + VALUE);
            guard.value("the value", VALUE);
            assertThat(guard.leaks()).hasSize(1);
        }
    }

    @Test
    void value_ofMuchText_isFoundBeforeItIsLetGo() {
        try (LeakGuard guard = LeakGuard.start().value("the value", VALUE)) {
            Exception large = new Exception("x".repeat(6_000_000));
            guard.look(new Exception(VALUE)).look(large).look(large).look(large).look(large);
            assertThat(guard.leaks()).hasSize(1);
        }
    }

    @Test
    void value_thatIsShort_isRefused() {
        try (LeakGuard guard = LeakGuard.start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.value("pin", "1234567"))
                    .withMessage("A value to look for has at least 8 characters; \"pin\" has 7");
        }
    }

    @Test
    void close_inAnyOrder_setsTheStreamsBack() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        LeakGuard first = LeakGuard.start();
        LeakGuard second = LeakGuard.start();
        LeakGuard third = LeakGuard.start();
        second.close();
        first.close();
        first.close();
        assertThat(System.out).isNotSameAs(out);
        third.close();
        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
    }

    @Test
    void textOfOtherTests_isTheirs_andOfUnownedThreadsEverybodys() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        Thread unowned = new Thread(() -> {
            await(begin);
            System.out.println("pool: " + VALUE);
        });
        unowned.start();
        try (LeakGuard mine = LeakGuard.start().value("the value", VALUE)) {
            Thread other = new Thread(() -> {
                try (LeakGuard theirs = LeakGuard.start().value("the value", VALUE)) {
                    System.out.println("other: " + VALUE);
                    begin.countDown();
                    unowned.join();
                    assertThat(theirs.leaks()).hasSize(2);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            other.start();
            other.join();
            Thread own = new Thread(() -> System.out.println("own: " + VALUE), "own");
            own.start();
            own.join();

            assertThat(mine.leaks()).extracting(Leak::excerpt).containsExactlyInAnyOrder("pool: ***", "own: ***");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
