import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import dev.tumbler.testkit.RdsSecret;
import dev.tumbler.testkit.leak.NoLeaks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@KmsEmulatorTest
@NoLeaks
class FirstTest {
    @Test
    @GenericSecret(name = "mail/smtp", value = "smtp-password")
    void reads(SecretsClient client) {
        assertThat(client.getSecretValue("mail/smtp").secretData().asString()).isEqualTo("smtp-password");
    }

    @Test
    @RdsSecret(name = "orders/db", rotateEvery = "P7D")
    void survivesAWeek(KmsEmulator kms, SecretCache secrets, RdsInstance db) {
        var account = secrets.rds("orders/db");
        var before = account.get();

        kms.clock().advance(Duration.ofDays(7));

        assertThat(account.get().accountName()).isEqualTo("app_clone");
        assertThat(db).acceptsLogin(account.get()).acceptsLogin(before);
        assertThat(kms.secret("orders/db")).wasRotated(1);
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "smtp-password")
    void retries(KmsEmulator kms, SecretsClient client) {
        kms.faults().on(GET_SECRET_VALUE).times(2).respond(throttled());

        client.getSecretValue("mail/smtp");

        assertThat(kms).received(GET_SECRET_VALUE).times(3).withoutErrorsAfter(2);
    }
}
