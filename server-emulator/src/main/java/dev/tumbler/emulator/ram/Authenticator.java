package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.ram.AccessKeys.Registration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says who sent a request. Thread-safe.
 *
 * <p>The signature of a registered access key is verified: its value, the time of signing and that the nonce is new. That
 * of any other key must be well-formed, and then counts as the default account's, or is refused:
 * {@link UnknownKeys}. The keys of a session need its security token, until it expires.
 */
public final class Authenticator {
    /**
     * How far the time of signing may be from the server's, before or after; exactly this far is still accepted
     * (assumed). Source: "V3 request structure and signature".
     */
    public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private final AccessKeys keys;
    private final String defaultAccountId;
    private final UnknownKeys unknownKeys;
    private final InstantSource clock;
    private final NonceLog nonces;

    /**
     * @param keys the registered keys; those registered later count from then on
     * @param defaultAccountId the account that registered keys belong to, unless they are a user's, and all unknown ones
     * @param clock the real time, which a client signs with; not the emulator's virtual one
     */
    public Authenticator(AccessKeys keys, String defaultAccountId, UnknownKeys unknownKeys, InstantSource clock) {
        this.keys = keys;
        this.defaultAccountId = defaultAccountId;
        this.unknownKeys = unknownKeys;
        this.clock = clock;
        this.nonces = new NonceLog(clock);
    }

    /** What to do with an access key that is not registered. */
    public enum UnknownKeys {
        /** Accept any well-formed signature, whenever it was made. */
        ACCEPTED,
        /** Answer {@code InvalidAccessKeyId.NotFound}. */
        REFUSED
    }

    /**
     * Says who sent the request. The checks come in the order access key, time, nonce, signature (assumed), but a nonce
     * counts as used only once the signature is right: else whoever sees a request could use up its nonce first.
     *
     * @throws KmsError if the request is not signed, or not as it should be
     */
    public Caller authenticate(SignedRequest request) {
        RequestSignature signature = signatureOf(request);
        String accessKeyId = signature.accessKeyId();
        Registration registration = keys.registration(accessKeyId);
        if (registration == null) {
            if (unknownKeys == UnknownKeys.REFUSED) {
                throw KmsError.accessKeyNotFound();
            }
            parse(signature.timestamp().orElseThrow(KmsError::missingTimestamp));
            signature.requireWellFormed();
            return new Caller(defaultAccountId, accessKeyId);
        }
        if (!registration.enabled()) {
            throw KmsError.accessKeyInactive();
        }
        requireRecent(parse(signature.timestamp().orElseThrow(KmsError::missingTimestamp)));
        if (signature.nonce().filter(nonces::isUsed).isPresent()) {
            throw KmsError.signatureNonceUsed();
        }
        signature.requireWellFormed();
        requireToken(registration.session(), signature.securityToken().orElse(""));
        signature.verify(registration.key().secret());
        if (signature.nonce().isPresent() && !nonces.use(signature.nonce().get())) {
            throw KmsError.signatureNonceUsed();
        }
        return registration.principal() == null
                ? new Caller(defaultAccountId, accessKeyId)
                : new Caller(registration.principal(), accessKeyId);
    }

    /** A session's key needs the session's token, and any other key none. */
    private void requireToken(@Nullable SessionCredentials session, String given) {
        if (session == null && given.isEmpty()) {
            return;
        }
        if (given.isEmpty()) {
            throw KmsError.missingSecurityToken();
        }
        if (session == null || !isEqual(given, session.securityToken())) {
            throw keys.isToken(given) ? KmsError.securityTokenMismatch() : KmsError.securityTokenMalformed();
        }
        if (!clock.instant().isBefore(session.expiration())) {
            throw KmsError.securityTokenExpired();
        }
    }

    private static boolean isEqual(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers such as {@code x-acs-action} tell nothing: the SDKs send them beside either form. */
    private static RequestSignature signatureOf(SignedRequest request) {
        String authorization =
                request.headers().getOrDefault("authorization", "").strip();
        if (authorization.startsWith("ACS3-")) {
            return Acs3Signature.of(request, authorization);
        }
        boolean inParameters = request.queryParameters().containsKey("Signature")
                || request.formParameters().containsKey("Signature");
        if (!inParameters && (!authorization.isEmpty() || request.headers().containsKey("x-acs-bearer-token"))) {
            throw Acs3Signature.unsupportedAlgorithm();
        }
        return SignatureV1.of(request);
    }

    private static Instant parse(String timestamp) {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeParseException e) {
            throw KmsError.invalidTimestampFormat();
        }
    }

    private void requireRecent(Instant signedAt) {
        Instant now = clock.instant();
        if (Duration.between(signedAt, now).abs().compareTo(MAX_CLOCK_SKEW) > 0) {
            throw KmsError.timestampExpired("The server's time is " + now.truncatedTo(ChronoUnit.SECONDS)
                    + "; a request is accepted up to " + MAX_CLOCK_SKEW.toMinutes() + " minutes before and after it.");
        }
    }
}
