package dev.tumbler.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDataTest {
    private static final String VALUE = "c4nary \u4f60\ud83d\ude00";

    @Test
    void content_inEachForm_isTheSame() {
        SecretData data = SecretData.of(VALUE);

        assertThat(data.asString()).isEqualTo(VALUE);
        assertThat(data.asChars()).isEqualTo(VALUE.toCharArray());
        assertThat(data.asBytes()).isEqualTo(VALUE.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void copy_thatIsOverwritten_leavesTheContent() {
        SecretData data = SecretData.of(VALUE);
        data.asBytes()[0] = 0;
        data.asChars()[0] = 0;

        assertThat(data.asString()).isEqualTo(VALUE);
    }

    @Test
    void destroy_ofContent_makesItUnreadable() {
        SecretData data = SecretData.of(VALUE);
        data.destroy();

        assertThat(data.isDestroyed()).isTrue();
        assertThatThrownBy(data::asString)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This secret data is destroyed");
        assertThatThrownBy(data::asChars).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(data::asBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void equality_ofContent_endsWithIt() {
        SecretData data = SecretData.of(VALUE);
        SecretData same = SecretData.of(VALUE);
        assertThat(data).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(SecretData.of("other"));

        data.destroy();
        SecretData destroyedToo = SecretData.of(VALUE);
        destroyedToo.destroy();
        assertThat(data).isNotEqualTo(same).isNotEqualTo(destroyedToo);
    }

    @Test
    void json_asARecord_isMapped() {
        assertThat(result("{\"host\":\"smtp\",\"port\":25,\"more\":[1]}").as(Mail.class))
                .isEqualTo(new Mail("smtp", 25, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c4nary", "{\"host\":[\"c4nary\"]}", "", "null", "{\"port\":\"c4nary\"}"})
    void json_ofAnotherForm_isRefusedWithoutShowingIt(String content) {
        assertThatThrownBy(() -> result(content).as(Mail.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The content of secret \"mail\" is not the JSON of a " + Mail.class.getName())
                .hasNoCause();
    }

    @Test
    void json_thatTheRecordRefuses_isNotQuoted() {
        assertThatThrownBy(() -> result("{\"value\":\"c4nary\"}").as(Picky.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The content of secret \"mail\" could not be made a " + Picky.class.getName())
                .hasMessageNotContaining("c4nary")
                .hasNoCause();
    }

    private static GetSecretValueResult result(String content) {
        return GetSecretValueResult.builder()
                .secretName("mail")
                .versionId("v1")
                .secretData(SecretData.of(content))
                .secretDataType(SecretDataType.TEXT)
                .secretType(SecretType.GENERIC)
                .build();
    }

    record Mail(String host, int port, String user) {}

    record Picky(String value) {
        Picky {
            Objects.requireNonNull(value);
            throw new IllegalArgumentException("No: " + value);
        }
    }
}
