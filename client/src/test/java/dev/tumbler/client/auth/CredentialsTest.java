package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Test
    void credentials_withABlankPart_areRefused() {
        assertThatThrownBy(() -> Credentials.of("ak", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accessKeySecret is blank");
    }
}
