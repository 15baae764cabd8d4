package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

class GetRandomPasswordTest {
    private static final String ACTION = "GetRandomPassword";

    @ConformanceTest
    @Proves({
        "GetRandomPassword/PasswordLength/default",
        "GetRandomPassword/PasswordLength/range",
        "GetRandomPassword/answer/RandomPassword",
        "GetRandomPassword/answer/RequestId",
        "GetRandomPassword/error/InvalidParameter",
    })
    void length_from8To128_isWhatWasAsked(Kms kms) {
        assertThat(kms.call(ACTION)).containsOnlyKeys("RandomPassword", "RequestId");
        assertThat(password(kms)).hasSize(32).isNotEqualTo(password(kms));
        assertThat(password(kms, "PasswordLength", "8")).hasSize(8);
        assertThat(password(kms, "PasswordLength", "128")).hasSize(128);
        for (String bad : List.of("7", "129", "-8", "many")) {
            kms.assertInvalid("PasswordLength", ACTION, "PasswordLength", bad);
        }
    }

    @ConformanceTest
    @Proves({
        "GetRandomPassword/ExcludeLowercase",
        "GetRandomPassword/ExcludeUppercase",
        "GetRandomPassword/ExcludeNumbers",
        "GetRandomPassword/ExcludePunctuation",
    })
    void kinds_excluded_neverOccur(Kms kms) {
        assertThat(password(kms, "PasswordLength", "128", "ExcludeLowercase", "true"))
                .doesNotContainPattern("[a-z]");
        assertThat(password(kms, "PasswordLength", "128", "ExcludeUppercase", "true"))
                .doesNotContainPattern("[A-Z]");
        assertThat(password(kms, "PasswordLength", "128", "ExcludeNumbers", "true"))
                .doesNotContainPattern("[0-9]");
        assertThat(password(kms, "PasswordLength", "128", "ExcludePunctuation", "true"))
                .matches("[A-Za-z0-9]{128}");
        for (String kind : List.of("Lowercase", "Uppercase", "Numbers", "Punctuation")) {
            kms.assertInvalid("Exclude" + kind, ACTION, "Exclude" + kind, "perhaps");
        }
    }

    @ConformanceTest
    @Proves({"GetRandomPassword/ExcludeCharacters", "GetRandomPassword/nothing-left"})
    void characters_excluded_neverOccur(Kms kms) {
        assertThat(password(kms, "PasswordLength", "128", "ExcludeCharacters", "abc`\"'<>&+ %"))
                .hasSize(128)
                .doesNotContainPattern("[abc`\"'<>&+ %]");
        kms.assertInvalid(
                "ExcludeCharacters",
                ACTION,
                "ExcludeLowercase",
                "true",
                "ExcludeUppercase",
                "true",
                "ExcludePunctuation",
                "true",
                "ExcludeCharacters",
                "0123456789");
    }

    @ConformanceTest
    @Proves("GetRandomPassword/RequireEachIncludedType")
    void eachKind_required_occurs(Kms kms) {
        for (int i = 0; i < 20; i++) {
            assertThat(password(kms, "PasswordLength", "8", "RequireEachIncludedType", "true"))
                    .containsPattern("[a-z]")
                    .containsPattern("[A-Z]")
                    .containsPattern("[0-9]")
                    .containsPattern("[^A-Za-z0-9]");
        }
    }

    private static String password(Kms kms, Object... namesAndValues) {
        return (String) kms.call(ACTION, namesAndValues).get("RandomPassword");
    }
}
