package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.KmsError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The security token service: lets somebody act as a role for a time. Thread-safe.
 *
 * <p>Source: STS API reference, AssumeRole and AssumeRoleWithOIDC; "Common errors of AssumeRole" for codes and messages.
 * The statuses are <em>assumed</em>.
 */
public final class Sts {
    /** The shortest session. */
    public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

    /** The session that is not asked for otherwise. */
    public static final Duration DEFAULT_SESSION = Duration.ofHours(1);

    private static final Pattern ROLE_ARN = Pattern.compile("acs:ram::\\d{1,20}:role/[^/\\s]{1,64}");
    private static final Pattern PROVIDER_ARN = Pattern.compile("acs:ram::\\d{1,20}:oidc-provider/\\S{1,128}");
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
    private static final int MAX_POLICY_CHARACTERS = 2048;
    private static final int SHORTEST_OIDC_TOKEN = 4;
    private static final int LONGEST_OIDC_TOKEN = 20_000;

    private final Ram ram;
    private final AccessKeys accessKeys;
    private final InstantSource clock;

    /** @param clock the real time, which clients renew their sessions by; not the emulator's virtual one */
    public Sts(Ram ram, AccessKeys accessKeys, InstantSource clock) {
        this.ram = ram;
        this.accessKeys = accessKeys;
        this.clock = clock;
    }

    /**
     * What a session is asked for.
     *
     * @param duration null for the default
     * @param policy what of the role's permissions the session is to have, a policy document; null for all
     */
    public record Request(
            String roleArn,
            String sessionName,
            @Nullable Duration duration,
            @Nullable String policy) {}

    /**
     * Has a user or an assumed role assume a role. The account itself may not.
     *
     * @throws KmsError {@code InvalidParameter.RoleArn}, {@code .RoleSessionName}, {@code .DurationSeconds}, {@code
     *     .PolicyGrammar}, {@code NoPermission} or {@code EntityNotExist.Role}
     */
    public SessionCredentials assumeRole(Principal caller, Request request) {
        Policy policy = check(request);
        if (caller instanceof Principal.Account) {
            throw noPermission("Roles may not be assumed by root accounts.");
        }
        if (caller.decide(assumeRoleOn(request.roleArn())) != Decision.ALLOW) {
            throw noPermission("You are not authorized to do this action. You should be authorized by RAM.");
        }
        RamRole role = role(request.roleArn());
        if (!role.trusts(caller)) {
            throw noPermission("You are not authorized to do this action. You should be authorized by RAM.");
        }
        return session(role, request, policy);
    }

    /**
     * Has a holder of an OIDC token assume a role. The token is taken on trust: it is not read, and may be any text.
     *
     * @throws KmsError as {@link #assumeRole}, and {@code InvalidParameter.OIDCProviderArn} or {@code .OIDCToken}
     */
    public SessionCredentials assumeRoleWithOidc(String providerArn, String token, Request request) {
        if (!PROVIDER_ARN.matcher(providerArn).matches()) {
            throw malformed("OIDCProviderArn");
        }
        if (token.length() < SHORTEST_OIDC_TOKEN || token.length() > LONGEST_OIDC_TOKEN) {
            throw malformed("OIDCToken");
        }
        Policy policy = check(request);
        RamRole role = role(request.roleArn());
        if (!role.trustsOidcProvider(providerArn)) {
            throw noPermission("You are not authorized to do this action. You should be authorized by RAM.");
        }
        return session(role, request, policy);
    }

    /** A session as an instance or a container is given it that runs as the role. */
    public SessionCredentials sessionOf(RamRole role, String sessionName) {
        return accessKeys.createSession(
                new Principal.AssumedRole(role, sessionName, null), clock.instant(), DEFAULT_SESSION);
    }

    static AccessRequest assumeRoleOn(String roleArn) {
        return new AccessRequest("sts:AssumeRole", roleArn, Map.of());
    }

    private static @Nullable Policy check(Request request) {
        if (!ROLE_ARN.matcher(request.roleArn()).matches()) {
            throw malformed("RoleArn");
        }
        if (!SESSION_NAME.matcher(request.sessionName()).matches()) {
            throw malformed("RoleSessionName");
        }
        if (request.policy() == null) {
            return null;
        }
        if (request.policy().length() > MAX_POLICY_CHARACTERS) {
            throw invalid("PolicySize", "The parameter Policy is longer than 2048 characters.");
        }
        try {
            return Policy.parse(request.policy());
        } catch (IllegalArgumentException e) {
            throw invalid("PolicyGrammar", "The parameter Policy has not passed grammar check. " + e.getMessage());
        }
    }

    private RamRole role(String arn) {
        return ram.roleOfArn(arn)
                .orElseThrow(() -> KmsError.of(404, "EntityNotExist.Role", "The role not exists: " + arn + "."));
    }

    private SessionCredentials session(RamRole role, Request request, @Nullable Policy policy) {
        Duration duration = request.duration() == null ? DEFAULT_SESSION : request.duration();
        Duration longest = role.maxSessionDuration();
        if (duration.compareTo(SHORTEST_SESSION) < 0 || duration.compareTo(longest) > 0) {
            throw invalid(
                    "DurationSeconds", "The Min/Max value of DurationSeconds is 15min/" + longest.toHours() + "hr.");
        }
        return accessKeys.createSession(
                new Principal.AssumedRole(role, request.sessionName(), policy), clock.instant(), duration);
    }

    private static KmsError malformed(String parameter) {
        return invalid(parameter, "The parameter " + parameter + " is wrongly formed.");
    }

    private static KmsError invalid(String rule, String message) {
        return KmsError.of(400, "InvalidParameter." + rule, message);
    }

    private static KmsError noPermission(String message) {
        return KmsError.of(403, "NoPermission", message);
    }
}
