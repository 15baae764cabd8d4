package dev.tumbler.emulator.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.error.KmsError;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    @Test
    @Proves("RdsSecrets/R42/tag-characters")
    void of_allDocumentedCharacters_areKept() {
        Tags tags = of(new Tag("团队 /\\_-.+=:@ 9", "ä /\\_-.+=:@ 0"), new Tag("empty", ""));
        assertThat(tags.asList()).containsExactly(new Tag("empty", ""), new Tag("团队 /\\_-.+=:@ 9", "ä /\\_-.+=:@ 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs:x", "ACS:x", "aliyun", "AliyunX", "", "a#b", "a\nb", "tab\t"})
    void of_forbiddenKey_isRefused(String key) {
        assertRefused(() -> of(new Tag(key, "v")), "InvalidParameter", "\"Tags\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "a*b", "<", "💥"})
    void of_forbiddenValue_isRefused(String value) {
        assertRefused(() -> of(new Tag("k", value)), "InvalidParameter", "\"Tags\"");
    }

    @Test
    void of_keyAndValueOf128Characters_areTheLongest() {
        of(new Tag("k".repeat(128), "v".repeat(128)));
        assertRefused(() -> of(new Tag("k".repeat(129), "v")), "InvalidParameter", "128");
        assertRefused(() -> of(new Tag("k", "v".repeat(129))), "InvalidParameter", "128");
    }

    @Test
    void of_moreThanAllowed_isRefused() {
        Tags.of("Tags", numbered(0, 10), 10);
        assertRefused(() -> Tags.of("Tags", numbered(0, 11), 10), "Rejected.LimitExceeded", "At most 10");
    }

    @ParameterizedTest
    @CsvSource({"team, team", "team, TEAM"})
    void of_oneKeyTwice_isRefused(String first, String second) {
        assertRefused(() -> of(new Tag(first, "a"), new Tag(second, "b")), "InvalidParameter", "twice");
    }

    @Test
    void with_existingKey_takesTheNewValueAndSpelling() {
        assertThat(of(new Tag("team", "mail"), new Tag("x", "y"))
                        .with(of(new Tag("Team", "shop")))
                        .asList())
                .containsExactly(new Tag("Team", "shop"), new Tag("x", "y"));
    }

    @Test
    void with_twentyFirstTag_isRefused_butNotANewValueOfTheTwentieth() {
        Tags twenty = Tags.of("Tags", numbered(0, 20), 20);
        assertThat(twenty.with(of(new Tag("k19", "new"))).asList()).hasSize(20).contains(new Tag("k19", "new"));
        assertRefused(() -> twenty.with(of(new Tag("k20", "v"))), "Rejected.LimitExceeded", "21");
    }

    @Test
    void without_keys_removesTheseWhateverTheirCase_andIgnoresOthers() {
        Tags tags = of(new Tag("team", "mail"), new Tag("x", "y"));
        assertThat(tags.without(List.of("TEAM", "unknown"))).isEqualTo(of(new Tag("x", "y")));
        assertThat(tags.asList()).as("immutable").hasSize(2);
    }

    @Test
    void has_keyAndValue_valueCountsItsCase() {
        Tags tags = of(new Tag("team", "mail"));
        assertThat(tags.has("Team", null)).isTrue();
        assertThat(tags.has("team", "mail")).isTrue();
        assertThat(tags.has("team", "Mail")).isFalse();
        assertThat(tags.has("x", null)).isFalse();
        assertThat(tags.hasValue("mail")).isTrue();
    }

    private static Tags of(Tag... tags) {
        return Tags.of("Tags", List.of(tags), Tags.MOST);
    }

    private static List<Tag> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> new Tag("k" + i, "v")).toList();
    }

    private static void assertRefused(ThrowingCallable call, String code, String inMessage) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining(inMessage);
    }
}
