import dev.tumbler.client.SecretsClient
import dev.tumbler.client.cache.SecretCache
import dev.tumbler.emulator.KmsEmulator
import dev.tumbler.emulator.fault.Fault.throttled
import dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE
import dev.tumbler.emulator.rds.RdsInstance
import dev.tumbler.testkit.GenericSecret
import dev.tumbler.testkit.KmsEmulatorTest
import dev.tumbler.testkit.KmsTestbed
import dev.tumbler.testkit.RdsSecret
import dev.tumbler.testkit.assertj.KmsAssertions.assertThat
import dev.tumbler.testkit.leak.NoLeaks
import java.time.Duration
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@KmsEmulatorTest
@NoLeaks
class FirstTest {
    @Test
    @GenericSecret(name = "mail/smtp", value = "smtp-password")
    fun reads(client: SecretsClient) {
        assertThat(client.getSecretValue("mail/smtp").secretData().asString()).isEqualTo("smtp-password")
    }

    @Test
    @RdsSecret(name = "orders/db", rotateEvery = "P7D")
    fun `survives a week`(kms: KmsEmulator, secrets: SecretCache, db: RdsInstance) {
        val account = secrets.rds("orders/db")
        val before = account.get()

        kms.clock().advance(Duration.ofDays(7))

        assertThat(account.get().accountName()).isEqualTo("app_clone")
        assertThat(db).acceptsLogin(account.get()).acceptsLogin(before)
        assertThat(kms.secret("orders/db")).wasRotated(1)
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "smtp-password")
    fun retries(kms: KmsEmulator, client: SecretsClient) {
        kms.faults().on(GET_SECRET_VALUE).times(2).respond(throttled())

        client.getSecretValue("mail/smtp")

        assertThat(kms).received(GET_SECRET_VALUE).times(3).withoutErrorsAfter(2)
    }

    @Test
    fun `works without the extension`() {
        KmsTestbed.builder().emulator { it.region("cn-shanghai") }.start().use { kms ->
            kms.client().createSecret { it.secretName("mail/smtp").versionId("v1").secretData("smtp-password") }
            assertThat(kms.cache().text("mail/smtp").get()).isEqualTo("smtp-password")
        }
    }
}
