package dev.tumbler.emulator.ram;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** Percent-encoding by RFC 3986, over UTF-8, as both signatures use it. */
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    static String encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return encoded.toString();
    }

    /** {@code name=value} pairs joined by {@code &}; a name without a value keeps its {@code =}. */
    static String encodePairs(SortedMap<String, String> parameters) {
        StringBuilder pairs = new StringBuilder();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!pairs.isEmpty()) {
                pairs.append('&');
            }
            pairs.append(encode(parameter.getKey())).append('=').append(encode(parameter.getValue()));
        }
        return pairs.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.'
                || b == '~';
    }
}
