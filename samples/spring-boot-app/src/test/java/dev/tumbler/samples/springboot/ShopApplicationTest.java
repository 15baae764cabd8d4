package dev.tumbler.samples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.testkit.Emulated;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import dev.tumbler.testkit.KmsTestbed;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KmsEmulatorTest
@GenericSecret(name = "mail/smtp", value = "password")
@SpringBootTest
@DirtiesContext // the application ends with its emulator
class ShopApplicationTest {
    @Emulated
    static KmsTestbed kms;

    @DynamicPropertySource
    static void pointToTheEmulator(DynamicPropertyRegistry properties) {
        properties.add("tumbler.endpoint", () -> kms.endpoint());
        properties.add("tumbler.access-key-id", () -> kms.accessKey().id());
        properties.add("tumbler.access-key-secret", () -> kms.accessKey().secret());
    }

    @Test
    void application_readsItsSecrets(@Autowired SecretCache secrets) {
        assertThat(secrets.text("mail/smtp").get()).isEqualTo("password");
    }
}
