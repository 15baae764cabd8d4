package dev.tumbler.emulator.tag;

import dev.tumbler.emulator.error.KmsError;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one resource, in the order of their keys. Immutable.
 *
 * <p>Keys that differ in case only are the same key, in the spelling that came last. <em>Assumed.</em>
 *
 * <p>Source: "ApsaraDB RDS secrets", Tag; KMS API reference, TagResource and TagResources.
 */
public final class Tags {
    /** How many a resource can have. */
    public static final int MOST = 20;

    /** No tags. */
    public static final Tags NONE = new Tags(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private static final int MAX_CHARACTERS = 128;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Nd}/\\\\_.+=:@ -]*");

    private final NavigableMap<String, String> byKey;

    private Tags(NavigableMap<String, String> byKey) {
        this.byKey = Collections.unmodifiableNavigableMap(byKey);
    }

    /**
     * The tags that a request names.
     *
     * @param parameter what the request calls them, for errors
     * @param most how many it may name
     * @throws KmsError {@code InvalidParameter} if a key or value breaks its rule or a key is there twice,
     *     {@code Rejected.LimitExceeded} if there are more than {@code most}
     */
    public static Tags of(String parameter, List<Tag> tags, int most) {
        if (tags.size() > most) {
            throw KmsError.limitExceeded(
                    "At most " + most + " tags can be given in \"" + parameter + "\"; these are " + tags.size() + ".");
        }
        NavigableMap<String, String> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            checkKey(parameter, tag.key());
            checkText(parameter, tag.value());
            if (byKey.put(tag.key(), tag.value()) != null) {
                throw KmsError.invalidParameter(
                        parameter, "The tag key \"" + tag.key() + "\" is there twice; case makes no difference.");
            }
        }
        return new Tags(byKey);
    }

    /**
     * These and {@code more}, whose values replace those of the same key.
     *
     * @throws KmsError {@code Rejected.LimitExceeded} if that is more than {@link #MOST}
     */
    public Tags with(Tags more) {
        NavigableMap<String, String> all = new TreeMap<>(byKey);
        more.byKey.forEach((key, value) -> {
            // The map would keep the old spelling of the key.
            all.remove(key);
            all.put(key, value);
        });
        if (all.size() > MOST) {
            throw KmsError.limitExceeded("A resource has at most 20 tags; these would be " + all.size() + ".");
        }
        return new Tags(all);
    }

    /** These without those of {@code keys}; keys that are not here do not matter. */
    public Tags without(Collection<String> keys) {
        NavigableMap<String, String> left = new TreeMap<>(byKey);
        keys.forEach(left::remove);
        return new Tags(left);
    }

    /**
     * Checks keys by which tags are to be found. That none is empty or too long is all: one that no tag can have is just
     * not there.
     *
     * @param parameter what the request calls them, for errors
     */
    public static void checkKeys(String parameter, Collection<String> keys) {
        if (!keys.stream().allMatch(key -> !key.isEmpty() && key.length() <= MAX_CHARACTERS)) {
            throw KmsError.invalidParameter(parameter, "Tag keys are 1 to 128 characters long.");
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Whether there is a tag with this key, and with this value unless that is null. */
    public boolean has(String key, @Nullable String value) {
        return byKey.containsKey(key) && (value == null || value.equals(byKey.get(key)));
    }

    /** Whether a tag of whatever key has this value. */
    public boolean hasValue(String value) {
        return byKey.containsValue(value);
    }

    /** Each of them, in the order of their keys. */
    public List<Tag> asList() {
        return byKey.entrySet().stream()
                .map(entry -> new Tag(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tags tags && asList().equals(tags.asList());
    }

    @Override
    public int hashCode() {
        return asList().hashCode();
    }

    @Override
    public String toString() {
        return byKey.toString();
    }

    private static void checkKey(String parameter, String key) {
        String lowerCase = key.toLowerCase(Locale.ROOT);
        if (key.isEmpty() || lowerCase.startsWith("aliyun") || lowerCase.startsWith("acs:")) {
            throw KmsError.invalidParameter(
                    parameter, "A tag key must not be empty nor start with \"aliyun\" or \"acs:\".");
        }
        checkText(parameter, key);
    }

    private static void checkText(String parameter, String text) {
        if (text.length() > MAX_CHARACTERS || !CHARACTERS.matcher(text).matches()) {
            throw KmsError.invalidParameter(
                    parameter, "Tag keys and values are at most 128 letters, digits, spaces and / \\ _ - . + = : @");
        }
    }
}
