package dev.tumbler.emulator.journal;

import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.emulator.journal.KmsAction.LIST_SECRETS;
import static dev.tumbler.emulator.journal.KmsAction.PUT_SECRET_VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
    private final Journal journal = new Journal();

    @Test
    void entries_keptInOrder_foundByPattern() {
        JournalEntry read = entry(GET_SECRET_VALUE, "orders/db");
        JournalEntry other = entry(GET_SECRET_VALUE, "mail");
        JournalEntry listed = entry(LIST_SECRETS, null);
        journal.record(read);
        journal.record(other);
        journal.record(listed);

        assertThat(journal.entries()).containsExactly(read, other, listed);
        assertThat(journal.entries(CallPattern.of())).containsExactly(read, other, listed);
        assertThat(journal.entries(CallPattern.of(GET_SECRET_VALUE))).containsExactly(read, other);
        assertThat(journal.entries(CallPattern.of().forSecret("orders/*"))).containsExactly(read);
        journal.clear();
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void capacity_reached_oldestGoes() {
        for (int i = 0; i <= Journal.CAPACITY; i++) {
            journal.record(entry(GET_SECRET_VALUE, "s" + i));
        }

        assertThat(journal.entries()).hasSize(Journal.CAPACITY);
        assertThat(journal.entries().get(0).secretName()).isEqualTo("s1");
        assertThat(journal.recorded()).isEqualTo(Journal.CAPACITY + 1);
    }

    @Test
    void listener_isToldOfEachCall_untilItEnds() {
        List<JournalEntry> told = new ArrayList<>();
        JournalEntry first = entry(GET_SECRET_VALUE, "a");
        Subscription listening = journal.listen(told::add);
        Subscription again = journal.listen(told::add);

        journal.record(first);
        again.close();
        JournalEntry second = entry(LIST_SECRETS, null);
        journal.record(second);
        listening.close();
        journal.record(first);

        assertThat(told).containsExactly(first, first, second);
    }

    @ParameterizedTest
    @CsvSource({
        "*, orders/db, true",
        "*, , true",
        "orders/*, orders/db, true",
        "orders/*, orders/, true",
        "orders/*, orders, false",
        "orders/??, orders/db, true",
        "orders/?, orders/db, false",
        "o*s/*b, orders/a/b, true",
        "a.c, abc, false",
        "a+b, a+b, true",
        "orders/db, , false",
    })
    void pattern_withWildcards_meansWhatItSays(String pattern, @Nullable String secretName, boolean meant) {
        assertThat(CallPattern.of().forSecret(pattern).matches(GET_SECRET_VALUE, secretName, "cn-hangzhou"))
                .isEqualTo(meant);
    }

    @Test
    void pattern_inWords_isReadable() {
        assertThat(CallPattern.of()).hasToString("any action");
        assertThat(CallPattern.of(PUT_SECRET_VALUE, GET_SECRET_VALUE).forSecret("a*"))
                .hasToString("GetSecretValue or PutSecretValue on \"a*\"");
        assertThat(CallPattern.of().forSecret("a").inRegion("cn-shanghai"))
                .hasToString("any action on \"a\" in cn-shanghai");
    }

    @Test
    void pattern_ofARegion_meansNoOther() {
        CallPattern pattern = CallPattern.of().inRegion("cn-shanghai");
        assertThat(pattern.matches(GET_SECRET_VALUE, null, "cn-shanghai")).isTrue();
        assertThat(pattern.matches(GET_SECRET_VALUE, null, "cn-hangzhou")).isFalse();
    }

    @Test
    void permissions_areKeptOnceEach_andForgottenWithTheirKey() {
        Journal journal = new Journal();
        PermissionUse read = new PermissionUse("user", "LTAI1", "kms:GetSecretValue", "secret/a", true);
        PermissionUse other = new PermissionUse("user", "LTAI2", "kms:GetSecretValue", "secret/a", true);
        journal.record(read);
        journal.record(other);
        journal.record(read);
        journal.record(entry(GET_SECRET_VALUE, "a"));
        assertThat(journal.permissions()).containsExactly(read, other);

        journal.forget("LTAI1");
        assertThat(journal.permissions()).containsExactly(other);
        assertThat(journal.entries()).isEmpty();

        journal.clear();
        assertThat(journal.permissions()).isEmpty();
    }

    private static JournalEntry entry(KmsAction action, @Nullable String secretName) {
        return new JournalEntry(Instant.EPOCH, "r", "cn-hangzhou", action, secretName, "LTAI1", 200, null, false);
    }
}
