package dev.tumbler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pause in which a person looks. */
@Timeout(60)
@KmsEmulatorTest
@GenericSecret(name = "mail/smtp", value = "password")
class DebugPauseTest {
    @ParameterizedTest
    @CsvSource({", PT0S", "'', PT0S", "false, PT0S", "true, PT10M", "PT5M, PT5M"})
    void value_ofTheVariable_saysHowLong(String value, Duration time) {
        assertThat(DebugPause.asked(value)).isEqualTo(time);
    }

    @Test
    void value_thatIsNoDuration_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DebugPause.asked("5 minutes"))
                .withMessage("KMS_EMULATOR_DEBUG takes true or a duration like PT5M, not \"5 minutes\"");
    }

    @Test
    void pause_saysWhereTheEmulatorIs_andEndsByAnInterrupt(KmsTestbed kms) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Thread.currentThread().interrupt();

        DebugPause.pause("a test", kms, Duration.ofDays(1), new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("after a test", kms.endpoint().toString(), "cn-hangzhou", "[mail/smtp]", "PT24H")
                .doesNotContain("password");
    }

    @Test
    void pause_ofNoTime_saysNothing(KmsTestbed kms) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        DebugPause.pause("a test", kms, Duration.ZERO, new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(text.size()).isZero();
    }
}
