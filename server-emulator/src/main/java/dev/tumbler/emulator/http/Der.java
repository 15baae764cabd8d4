package dev.tumbler.emulator.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The few forms of ASN.1 DER (ITU-T X.690) that a certificate is made of. Each method returns tag, length and content. */
final class Der {
    private static final int CONSTRUCTED = 0x20;
    private static final int CONTEXT = 0x80;
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return tagged(0x30, concatenated(elements));
    }

    static byte[] set(byte[] element) {
        return tagged(0x31, element);
    }

    static byte[] booleanTrue() {
        return tagged(0x01, new byte[] {(byte) 0xFF});
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    /** A string of whole bytes. */
    static byte[] bitString(byte[] content) {
        return bitString(content, 0);
    }

    static byte[] bitString(byte[] content, int unusedBits) {
        return tagged(0x03, concatenated(new byte[] {(byte) unusedBits}, content));
    }

    static byte[] octetString(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] utf8String(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] objectIdentifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            // Seven bits a byte, the highest first, all but the last marked.
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(0x80 | ((arc >>> shift) & 0x7F));
                }
            }
            content.write(arc & 0x7F);
        }
        return tagged(0x06, content.toByteArray());
    }

    /** RFC 5280 4.1.2.5: two-digit years up to 2049, four digits from 2050 on. */
    static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        boolean twoDigits = time.getYear() < 2050;
        String text = (twoDigits ? UTC_TIME : GENERALIZED_TIME).format(time);
        return tagged(twoDigits ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An element inside a context-specific tag. */
    static byte[] explicit(int number, byte[] element) {
        return tagged(CONTEXT | CONSTRUCTED | number, element);
    }

    /** Content whose own tag is replaced by a context-specific one. */
    static byte[] implicit(int number, byte[] content) {
        return tagged(CONTEXT | number, content);
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream(content.length + 4);
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int leadingZeros = length[0] == 0 ? 1 : 0;
            element.write(0x80 | (length.length - leadingZeros));
            element.write(length, leadingZeros, length.length - leadingZeros);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
