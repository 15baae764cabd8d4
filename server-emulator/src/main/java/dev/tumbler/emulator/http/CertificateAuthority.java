package dev.tumbler.emulator.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of one emulator: made in memory at its first use, never stored. Clients that verify TLS are
 * given {@link #caCertificatePem()}. Thread-safe.
 *
 * <p>The certificates are written with our own {@link Der} because nothing better is at hand: the JDK can read X.509 but
 * has no public API to write it, and BouncyCastle, which could, comes with the official SDKs in the jars
 * {@code bcprov-jdk15on} and {@code bcprov-jdk18on}, whose classes clash with each other; a third one on the classpath
 * of somebody's tests would not help.
 *
 * <p>Elliptic curve P-256 with SHA-256: every client of the last ten years speaks it, and a key takes a millisecond to
 * make where RSA takes a hundred.
 */
public final class CertificateAuthority {
    /** A client whose clock is behind ours shall not find a certificate of the future. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** Apple's systems refuse server certificates for longer than 825 days, also those of private authorities. */
    private static final Duration VALIDITY = Duration.ofDays(2 * 365);

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectIdentifier("1.2.840.10045.4.3.2"));
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private static final String CA_NAME = "Tumbler emulator CA";
    private static final String SERVER_NAME = "Tumbler emulator";

    private static final byte[] LOOPBACK_IPV4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    /** The uncompressed point of a P-256 key: one byte that says so, and two coordinates. */
    private static final int POINT_BYTES = 65;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Authority authority;

    private CertificateAuthority(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns an authority that makes its key when it is first asked for something.
     *
     * @param clock the time that the certificates' validity counts from: the real one, by which clients check it
     */
    public static CertificateAuthority create(InstantSource clock) {
        return new CertificateAuthority(clock);
    }

    /** The certificate of the authority, for a client's trust store; the same text at each call. */
    public String caCertificatePem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(authority().certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A TLS context with a new server certificate: for {@code localhost}, both loopback addresses and this one. */
    SSLContext serverContext(InetAddress address) {
        try {
            Authority issuer = authority();
            KeyPair pair = newKeyPair();
            X509Certificate certificate = serverCertificate(issuer, pair.getPublic(), address);
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust managers: clients show no certificate, and the default would read the JDK's whole trust store.
            context.init(
                    new KeyManager[] {new ServerKey(pair.getPrivate(), List.of(certificate, issuer.certificate()))},
                    new TrustManager[0],
                    random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot make a server certificate", e);
        }
    }

    private synchronized Authority authority() {
        if (authority == null) {
            try {
                KeyPair pair = newKeyPair();
                authority = new Authority(pair, caCertificate(pair));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Cannot make a certificate authority", e);
            }
        }
        return authority;
    }

    private X509Certificate caCertificate(KeyPair pair) throws GeneralSecurityException {
        return certificate(
                pair,
                CA_NAME,
                pair.getPublic(),
                // A CA, but of no further CAs.
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.booleanTrue(), Der.integer(BigInteger.ZERO))),
                // Bits 5 and 6, keyCertSign and cRLSign.
                extension(KEY_USAGE, true, Der.bitString(new byte[] {0b0000_0110}, 1)));
    }

    private X509Certificate serverCertificate(Authority issuer, PublicKey key, InetAddress address)
            throws GeneralSecurityException {
        return certificate(
                issuer.pair(),
                SERVER_NAME,
                key,
                extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                // Bit 0, digitalSignature: all that TLS asks of an elliptic-curve key.
                extension(KEY_USAGE, true, Der.bitString(new byte[] {(byte) 0b1000_0000}, 7)),
                extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.objectIdentifier(SERVER_AUTH))),
                extension(SUBJECT_ALTERNATIVE_NAME, false, Der.sequence(alternativeNames(address))));
    }

    private static byte[][] alternativeNames(InetAddress address) {
        List<byte[]> addresses = new ArrayList<>(List.of(LOOPBACK_IPV4, LOOPBACK_IPV6));
        byte[] own = address.getAddress();
        // The wildcard is no address that a client could ask for.
        if (!address.isAnyLocalAddress() && addresses.stream().noneMatch(known -> Arrays.equals(known, own))) {
            addresses.add(own);
        }
        Stream<byte[]> host = Stream.of(Der.implicit(2, "localhost".getBytes(StandardCharsets.US_ASCII)));
        return Stream.concat(host, addresses.stream().map(each -> Der.implicit(7, each)))
                .toArray(byte[][]::new);
    }

    /** RFC 5280 4.1, version 3. Both key identifiers are in every certificate: OpenSSL's strict mode asks for them. */
    private X509Certificate certificate(KeyPair issuer, String subject, PublicKey key, byte[]... extensions)
            throws GeneralSecurityException {
        Instant now = clock.instant();
        byte[] keyIdentifiers = Der.concatenated(
                extension(SUBJECT_KEY_IDENTIFIER, false, Der.octetString(keyIdentifier(key))),
                extension(
                        AUTHORITY_KEY_IDENTIFIER,
                        false,
                        Der.sequence(Der.implicit(0, keyIdentifier(issuer.getPublic())))));
        byte[] toBeSigned = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(serialNumber()),
                ECDSA_WITH_SHA256,
                name(CA_NAME),
                Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(VALIDITY))),
                name(subject),
                key.getEncoded(),
                Der.explicit(3, Der.sequence(Der.concatenated(extensions), keyIdentifiers)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuer.getPrivate(), random);
        signature.update(toBeSigned);
        byte[] certificate = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    /** RFC 5280 4.1.2.2: positive, at most 20 bytes, and unpredictable. */
    private BigInteger serialNumber() {
        return new BigInteger(127, random).setBit(126);
    }

    /** RFC 7093, method 1: the first 160 bits of the SHA-256 of the key's bits. */
    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        byte[] encoded = key.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(point), 20);
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.objectIdentifier(COMMON_NAME), Der.utf8String(commonName))));
    }

    private static byte[] extension(String identifier, boolean critical, byte[] value) {
        // DER leaves out what has its default, and not critical is the default.
        return Der.sequence(
                Der.objectIdentifier(identifier), critical ? Der.booleanTrue() : new byte[0], Der.octetString(value));
    }

    private KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private record Authority(KeyPair pair, X509Certificate certificate) {
        /** No key. */
        @Override
        public String toString() {
            return "Authority";
        }
    }
}
