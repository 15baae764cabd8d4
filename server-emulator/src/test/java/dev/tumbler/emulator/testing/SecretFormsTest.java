package dev.tumbler.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The tests for leaks find what they look for. */
class SecretFormsTest {
    private static final String VALUE = "c4nary\"\\ +=&~\u4f60-value";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd"})
    void base64AndHex_ofSomethingLonger_areFound(String before) {
        byte[] bytes = (before + VALUE + "behind").getBytes(StandardCharsets.UTF_8);

        assertThat(found(Base64.getEncoder().encodeToString(bytes))).isTrue();
        assertThat(found(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isTrue();
        assertThat(found(HexFormat.of().formatHex(bytes))).isTrue();
        assertThat(found(HexFormat.of().withUpperCase().formatHex(bytes))).isTrue();
    }

    @Test
    void urlAndJson_onceAndTwice_areFound() {
        JsonObject json = new JsonObject();
        json.addProperty("AccountPassword", VALUE);
        JsonObject twice = new JsonObject();
        twice.addProperty("SecretData", json.toString());

        assertThat(found(json.toString())).isTrue();
        assertThat(found(twice.toString())).isTrue();
        assertThat(found("?SecretData=" + URLEncoder.encode(VALUE, StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(found(URLEncoder.encode(URLEncoder.encode(VALUE, StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(found("something else")).isFalse();
    }

    @Test
    void allLogs_ofBothSystems_areHeardAndSetBack() {
        int handlers = java.util.logging.Logger.getLogger("").getHandlers().length;
        try (AllLogs logs = new AllLogs()) {
            java.util.logging.Logger.getLogger("canary.jul").finest("jul " + VALUE);
            LoggerFactory.getLogger("canary.slf4j").trace("slf4j", new IllegalStateException("cause " + VALUE));
            logs.silence("canary.silent");
            LoggerFactory.getLogger("canary.silent.below").error("not heard");

            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("canary.jul") && line.contains("jul " + VALUE))
                    .anyMatch(line -> line.contains("canary.slf4j") && line.contains("cause " + VALUE))
                    .noneMatch(line -> line.contains("not heard"));
        }
        assertThat(java.util.logging.Logger.getLogger("").getHandlers()).hasSize(handlers);
        assertThat(LoggerFactory.getLogger("canary.slf4j").isTraceEnabled()).isFalse();
    }

    private static boolean found(String text) {
        return SecretForms.of(VALUE).stream().anyMatch(text::contains);
    }
}
