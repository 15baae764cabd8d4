package dev.tumbler.client.internal.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/** Compares what was stored with what is read back. */
public final class SecretContent {
    private SecretContent() {}

    /**
     * Returns whether content that was read is what was given on creation. A managed secret is given a list of accounts or
     * access keys, and gives back one of them, at times with more members. Source: KMS API reference, GetSecretValue,
     * SecretData.
     */
    public static boolean isOf(String given, String read) {
        if (given.equals(read)) {
            return true;
        }
        return parse(given) instanceof JsonObject all
                && parse(read) instanceof JsonObject one
                && (all.equals(one) || listHolds(all, one));
    }

    private static boolean listHolds(JsonObject all, JsonObject one) {
        if (all.size() != 1 || !(all.entrySet().iterator().next().getValue() instanceof JsonArray list)) {
            return false;
        }
        for (JsonElement element : list) {
            if (element instanceof JsonObject entry
                    && entry.size() > 0
                    && one.entrySet().containsAll(entry.entrySet())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JsonElement parse(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException e) {
            return null;
        }
    }
}
