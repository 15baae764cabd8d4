package dev.tumbler.emulator.ram;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IP address, or a block of them such as {@code 10.0.0.0/8}. */
final class IpRange {
    /** Nothing that would be looked up in the DNS. */
    private static final Pattern LITERAL = Pattern.compile("\\d+(\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] network;
    private final int prefix;

    private IpRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("Not an IP address");
        }
        int bits = network.length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("Not a prefix length");
        }
        return new IpRange(network, prefix);
    }

    boolean contains(String text) {
        byte[] address = address(text);
        if (address == null || address.length != network.length) {
            return false;
        }
        int rest = network.length * 8 - prefix;
        return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, network).shiftRight(rest));
    }

    private static byte @Nullable [] address(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
