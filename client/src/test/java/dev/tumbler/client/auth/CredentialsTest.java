package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void environment_withAllVariables_givesTemporaryCredentials() {
        CredentialsProvider provider = VariablesCredentialsProvider.environment(Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "ak",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sk",
                "ALIBABA_CLOUD_SECURITY_TOKEN", "token")::get);

        assertThat(provider.credentials()).isEqualTo(Credentials.of("ak", "sk", "token"));
    }

    @Test
    void environment_withAnEmptyToken_givesLastingCredentials() {
        CredentialsProvider provider = VariablesCredentialsProvider.environment(Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "ak",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sk",
                "ALIBABA_CLOUD_SECURITY_TOKEN", "")::get);

        assertThat(provider.credentials()).isEqualTo(Credentials.of("ak", "sk"));
    }

    @Test
    void environment_withNothing_namesWhatIsMissing() {
        CredentialsProvider provider = VariablesCredentialsProvider.environment(
                Map.<String, String>of("ALIBABA_CLOUD_ACCESS_KEY_ID", "ak")::get);

        assertThatThrownBy(provider::credentials)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c4nary\nen", "c4nary en", "c4nary\r", "c4nary\u0000", "c4n\u00e4ry", "c4nary\u007f"})
    void credentials_withACharacterThatNoHeaderTakes_areRefusedWithoutRepeatingIt(String wrong) {
        for (ThrowingCallable making : List.<ThrowingCallable>of(
                () -> Credentials.of(wrong, "sk"),
                () -> Credentials.of("ak", wrong),
                () -> Credentials.of("ak", "sk", wrong))) {
            assertThatThrownBy(making)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("visible ASCII")
                    .hasMessageNotContaining("c4n")
                    .hasNoCause();
        }
    }

    @Test
    void credentials_withABlankPart_areRefused() {
        assertThatThrownBy(() -> Credentials.of("ak", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accessKeySecret is blank");
    }
}
