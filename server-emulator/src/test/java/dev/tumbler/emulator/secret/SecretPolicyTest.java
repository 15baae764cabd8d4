package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.secret.SecretPolicy.Effect;
import dev.tumbler.emulator.secret.SecretPolicy.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecretPolicyTest {
    private static final List<String> ALICE = List.of("acs:ram::1:user/alice");
    private static final List<String> READ = List.of("kms:GetSecretValue");
    private static final List<String> SELF = List.of("*");

    @Test
    void sid_of128Characters_isTheLongest() {
        assertThat(statement("s".repeat(128), ALICE, READ, SELF).sid()).hasSize(128);
        assertRefused(() -> statement("s".repeat(129), ALICE, READ, SELF), "Sid");
        assertRefused(() -> statement("a#b", ALICE, READ, SELF), "Sid");
        assertThat(statement(null, ALICE, READ, SELF).sid()).isNull();
    }

    @Test
    void statement_withoutAPartOrWithAForeignOne_isRefused() {
        assertRefused(() -> statement(null, List.of(), READ, SELF), "Principal");
        assertRefused(() -> statement(null, List.of("alice"), READ, SELF), "Principal");
        assertRefused(() -> statement(null, ALICE, List.of(), SELF), "Action");
        assertRefused(() -> statement(null, ALICE, List.of("kms:*", "rds:*"), SELF), "Action");
        assertRefused(() -> statement(null, ALICE, READ, List.of()), "Resource");
        assertRefused(() -> statement(null, ALICE, READ, List.of("acs:kms:*:*:secret/a")), "Resource");
    }

    @Test
    void document_of32768Bytes_isTheLongest() {
        List<Statement> statements = List.of(statement(null, ALICE, READ, SELF));
        assertThat(new SecretPolicy("x".repeat(32_768), statements).statements())
                .hasSize(1);
        assertRefused(() -> new SecretPolicy("x".repeat(32_769), statements), "32768");
        assertRefused(() -> new SecretPolicy("密".repeat(10_923), statements), "32768");
        assertRefused(() -> new SecretPolicy("{}", List.of()), "Statement");
    }

    private static Statement statement(
            String sid, List<String> principals, List<String> actions, List<String> resources) {
        return new Statement(sid, Effect.ALLOW, principals, actions, resources, null);
    }

    private static void assertRefused(ThrowingCallable call, String inMessage) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameter"))
                .hasMessageContainingAll("\"Policy\"", inMessage);
    }
}
