package dev.tumbler.emulator.testing;

import com.google.gson.Gson;
import com.google.gson.JsonPrimitive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a secret value looks like where it must not be: as it is, or in an encoding that a library may have applied. */
public final class SecretForms {
    private SecretForms() {}

    /**
     * The value raw, URL-encoded once and twice, JSON-escaped once and twice, and in hexadecimal and Base64, also as a part
     * of something longer that was encoded as a whole.
     */
    public static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        String form = urlEncoded(value);
        forms.add(form);
        forms.add(form.replace("+", "%20"));
        forms.add(urlEncoded(form));
        forms.add(urlEncoded(form.replace("+", "%20")));
        for (String json : List.of(new JsonPrimitive(value).toString(), new Gson().toJson(value))) {
            String escaped = json.substring(1, json.length() - 1);
            forms.add(escaped);
            forms.add(escaped.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (Base64.Encoder base64 : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < 3; before++) {
                forms.add(inner(base64.withoutPadding(), bytes, before));
            }
        }
        return forms;
    }

    /** Those of the texts in which one of the values stands, in any of its forms. */
    public static List<String> leaks(Collection<String> texts, Collection<String> values) {
        Set<String> forms = new LinkedHashSet<>();
        values.forEach(value -> forms.addAll(of(value)));
        return texts.stream()
                .filter(text -> forms.stream().anyMatch(text::contains))
                .toList();
    }

    /** The characters that depend on nothing but the value, however many bytes stand before and behind it. */
    private static String inner(Base64.Encoder base64, byte[] value, int before) {
        byte[] shifted = new byte[before + value.length];
        System.arraycopy(value, 0, shifted, before, value.length);
        String encoded = base64.encodeToString(shifted);
        int first = (before * 8 + 5) / 6;
        int last = shifted.length * 8 / 6;
        return encoded.substring(first, last);
    }

    private static String urlEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
