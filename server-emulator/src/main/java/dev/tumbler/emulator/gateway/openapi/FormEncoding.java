package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.error.KmsError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Queries and form bodies: {@code +} is a space, {@code %XY} a byte of UTF-8. Stricter than {@link
 * java.net.URLDecoder}, which replaces broken UTF-8 silently: a password must not change on its way.
 */
final class FormEncoding {
    private FormEncoding() {}

    /** The names and values, in order; of a name that is repeated, the first value. */
    static Map<String, String> decode(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            if (end < 0) {
                end = encoded.length();
            }
            if (end > start) {
                String pair = encoded.substring(start, end);
                int equals = pair.indexOf('=');
                String name = text(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : text(pair.substring(equals + 1));
                parameters.putIfAbsent(name, value);
            }
            start = end + 1;
        }
        return parameters;
    }

    /** A form body as text; anything but ASCII is an error. */
    static String ascii(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private static String text(String encoded) {
        byte[] bytes = new byte[encoded.length() * 3];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '+') {
                bytes[length++] = ' ';
            } else if (c == '%') {
                if (i + 2 >= encoded.length()) {
                    throw malformed();
                }
                int high = Character.digit(encoded.charAt(i + 1), 16);
                int low = Character.digit(encoded.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    throw malformed();
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                throw malformed();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static KmsError malformed() {
        return KmsError.malformedRequest("The query or form body is not percent-encoded UTF-8.");
    }
}
