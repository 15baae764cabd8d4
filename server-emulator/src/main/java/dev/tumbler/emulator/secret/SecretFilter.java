package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One condition of a listing: the key equals one of the values. Several conditions must all hold.
 *
 * <p>Equality, not containment: the documentation writes {@code SecretName=sec1 OR SecretName=sec2}. <em>Assumed</em>
 * for the other keys. Tag keys are compared without case, as they are stored. <em>Assumed</em> too: without values it is
 * no condition.
 *
 * <p>Source: KMS API reference, ListSecrets, Filters.
 */
public record SecretFilter(Key key, Set<String> values) {
    private static final int MAX_VALUES = 10;
    private static final String TAG = "[\\p{L}\\p{Nd}/\\\\_.+=:@ -]{1,256}";
    private static final String TAG_RULE = "1 to 256 letters, digits, spaces and / \\ _ - . + = : @";
    private static final String ANY_RULE = "a text that is not empty";

    public SecretFilter {
        values = Set.copyOf(values);
        if (values.size() > MAX_VALUES) {
            throw KmsError.invalidParameter("Filters", "A filter has at most 10 values.");
        }
        if (!values.stream().allMatch(value -> key.values.matcher(value).matches())) {
            throw KmsError.invalidParameter("Filters", "A value of " + key.wireName + " must be " + key.rule + ".");
        }
    }

    /** Whether it is about tags, which limits the listing. */
    boolean isOfTags() {
        return key == Key.TAG_KEY || key == Key.TAG_VALUE;
    }

    boolean matches(Secret secret) {
        return values.isEmpty() || matchesAny(secret);
    }

    private boolean matchesAny(Secret secret) {
        return switch (key) {
            case SECRET_NAME -> values.contains(secret.name());
            case DESCRIPTION -> values.contains(secret.description());
            case TAG_KEY -> values.stream().anyMatch(key -> secret.tags().has(key, null));
            case TAG_VALUE -> values.stream().anyMatch(secret.tags()::hasValue);
            case DKMS_INSTANCE_ID -> secret.dkmsInstanceId() != null && values.contains(secret.dkmsInstanceId());
            case SECRET_TYPE -> values.stream().anyMatch(secret.type().wireName()::equalsIgnoreCase);
            case CREATOR -> values.contains(secret.creator());
        };
    }

    /** What can be filtered by. */
    public enum Key {
        SECRET_NAME("SecretName", "[A-Za-z0-9_/+=.@-]{1,192}", "1 to 192 letters, digits and _ / + = . @ -"),
        DESCRIPTION("Description", "(?s).{1,256}", "1 to 256 characters long"),
        TAG_KEY("TagKey", TAG, TAG_RULE),
        TAG_VALUE("TagValue", TAG, TAG_RULE),
        DKMS_INSTANCE_ID("DKMSInstanceId", "(?s).+", ANY_RULE),
        SECRET_TYPE("SecretType", "(?s).+", ANY_RULE),
        CREATOR("Creator", "(?s).+", ANY_RULE);

        private final String wireName;
        private final Pattern values;
        private final String rule;

        Key(String wireName, String values, String rule) {
            this.wireName = wireName;
            this.values = Pattern.compile(values);
            this.rule = rule;
        }

        /** How requests spell it. */
        public String wireName() {
            return wireName;
        }
    }
}
