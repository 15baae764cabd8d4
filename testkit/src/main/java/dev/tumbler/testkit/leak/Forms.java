package dev.tumbler.testkit.leak;

import com.google.gson.Gson;
import com.google.gson.JsonPrimitive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a value looks like as it is, and in encodings that a library may have applied; each with its name in words. */
final class Forms {
    private Forms() {}

    static Map<String, String> of(String value) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(value, "as it is");
        for (String encoded : List.of(urlEncoded(value), urlEncoded(value).replace("+", "%20"))) {
            forms.putIfAbsent(encoded, "URL-encoded");
            forms.putIfAbsent(urlEncoded(encoded), "URL-encoded twice");
        }
        for (String json : List.of(new JsonPrimitive(value).toString(), new Gson().toJson(value))) {
            String escaped = json.substring(1, json.length() - 1);
            forms.putIfAbsent(escaped, "JSON-escaped");
            forms.putIfAbsent(escaped.replace("\\", "\\\\").replace("\"", "\\\""), "JSON-escaped twice");
        }
        for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
            forms.putIfAbsent(hex.formatHex(value.getBytes(StandardCharsets.UTF_8)), "in hexadecimal");
        }
        for (Base64.Encoder base64 : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.putIfAbsent(inner(base64, value, 0), "in Base64");
            forms.putIfAbsent(inner(base64, value, 1), "in Base64, as part of more");
            forms.putIfAbsent(inner(base64, value, 2), "in Base64, as part of more");
        }
        return forms;
    }

    /** The characters that depend on nothing but the value, with so many bytes of something else before it. */
    private static String inner(Base64.Encoder base64, String value, int before) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = base64.withoutPadding().encodeToString(shifted);
        return encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static String urlEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
