package dev.tumbler.client.auth;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives the credentials that sign a request. The client asks once for each call, on a thread of its own, so that its timeout
 * holds whatever the provider does; on the caller's thread only for what is {@linkplain #atHand() at hand}. So an
 * implementation must be thread-safe, and should end when it is interrupted, as it is once the call has ended.
 *
 * <p>The providers made here that fetch temporary credentials do it at the first call, share one fetch between all threads
 * that wait for it, and fetch new ones in the background 15 to 20 minutes before the end (for short ones, in the last third
 * of their life). While that fails, the old ones are used until they end. They have no threads between fetches and need no
 * closing. Requests to STS and to a credentials URI go through the proxy of {@code HTTPS_PROXY} or {@code HTTP_PROXY}.
 */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * Returns the credentials to sign with now.
     *
     * @throws IllegalStateException if there are none, as a {@link CredentialsException} from the providers made here; the
     *     message says where they were looked for
     */
    Credentials credentials();

    /**
     * Returns the credentials to sign with now if they are in memory, without waiting for anything. Providers that have them
     * there spare blocking calls a change of threads; by default none are.
     *
     * @throws IllegalStateException as {@link #credentials()}
     */
    default Optional<Credentials> atHand() {
        return Optional.empty();
    }

    /**
     * Says that the service refuses these credentials, as those of a session that has ended: the next ones must be others, if
     * there are others to be had. Called once for an operation at most, which is then tried once more. By default nothing
     * happens.
     */
    default void invalidate(Credentials refused) {}

    /** Returns a provider that always gives these credentials. */
    static CredentialsProvider of(Credentials credentials) {
        return new StaticCredentialsProvider(credentials);
    }

    /** Returns a provider that always gives this lasting access key. */
    static CredentialsProvider of(String accessKeyId, String accessKeySecret) {
        return of(Credentials.of(accessKeyId, accessKeySecret));
    }

    /**
     * Returns the default chain, which looks in the places and in the order of the official one: system properties,
     * environment, OIDC, CLI profile, credentials file, ECS RAM role, credentials URI. It stays with the first that has
     * credentials. Source: Credentials for Java, "Default credential chain".
     *
     * <p>OIDC needs {@code ALIBABA_CLOUD_ROLE_ARN}, {@code ALIBABA_CLOUD_OIDC_PROVIDER_ARN} and
     * {@code ALIBABA_CLOUD_OIDC_TOKEN_FILE}, as RRSA sets them; the URI {@code ALIBABA_CLOUD_CREDENTIALS_URI}. Set to
     * {@code true}, {@code ALIBABA_CLOUD_CLI_PROFILE_DISABLED} and {@code ALIBABA_CLOUD_ECS_METADATA_DISABLED} leave out
     * their place.
     */
    static CredentialsProvider defaultChain() {
        return DefaultChain.of(Surroundings.system());
    }

    /**
     * Returns a provider that reads {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and, for
     * temporary keys, {@code ALIBABA_CLOUD_SECURITY_TOKEN} from the environment.
     */
    static CredentialsProvider environment() {
        return VariablesCredentialsProvider.environment(System::getenv);
    }

    /**
     * Returns a provider that reads the system properties {@code alibabacloud.accessKeyId},
     * {@code alibabacloud.accessKeySecret} (before it, the older {@code alibabacloud.accessKeyIdSecret}) and, for temporary
     * keys, {@code alibabacloud.sessionToken}.
     */
    static CredentialsProvider systemProperties() {
        return VariablesCredentialsProvider.systemProperties(System::getProperty);
    }

    /**
     * Returns a provider for a profile of the Alibaba Cloud CLI, read once from {@code ~/.aliyun/config.json}. The modes AK,
     * StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole and OIDC are supported.
     *
     * @throws CredentialsException if the file or the profile is missing or incomplete
     */
    static CredentialsProvider cliProfile(String profileName) {
        return CliProfile.provider(Surroundings.system(), Objects.requireNonNull(profileName, "profileName"));
    }

    /**
     * Returns a provider for a section of the credentials file, read once from {@code ~/.alibabacloud/credentials.ini} or
     * what {@code ALIBABA_CLOUD_CREDENTIALS_FILE} names. The types access_key, ram_role_arn, ecs_ram_role and oidc_role_arn
     * are supported, and {@code enable=true} is required.
     *
     * @throws CredentialsException if the file or the section is missing or incomplete
     */
    static CredentialsProvider credentialsFile(String section) {
        return CredentialsFile.provider(Surroundings.system(), Objects.requireNonNull(section, "section"));
    }

    /**
     * Returns a provider for the RAM role of the ECS instance that this program runs on. It asks the metadata service with a
     * token, and without one only if it gets none and {@code ALIBABA_CLOUD_IMDSV1_DISABLED} is not {@code true}.
     */
    static CredentialsProvider ecsRamRole() {
        return Surroundings.system().ecsRamRole(null);
    }

    /** As {@link #ecsRamRole()}, for the role with this name, which then need not be asked for. */
    static CredentialsProvider ecsRamRole(String roleName) {
        return Surroundings.system().ecsRamRole(Objects.requireNonNull(roleName, "roleName"));
    }

    /** Returns a provider that assumes a RAM role with other credentials, by AssumeRole of STS. */
    static CredentialsProvider ramRole(RamRole role, CredentialsProvider source) {
        return Surroundings.system().ramRole(role, Objects.requireNonNull(source, "source"));
    }

    /**
     * Returns a provider that assumes a RAM role with the token of an OIDC provider, by AssumeRoleWithOIDC of STS.
     *
     * @param oidcProviderArn the OIDC provider, like {@code acs:ram::123456:oidc-provider/ack}
     * @param tokenFile the file with the token; it is read again for each fetch
     */
    static CredentialsProvider oidc(RamRole role, String oidcProviderArn, Path tokenFile) {
        return Surroundings.system().oidc(role, oidcProviderArn, tokenFile);
    }

    /** Returns a provider that asks a URI, which answers as the metadata service does. */
    static CredentialsProvider uri(URI uri) {
        return Surroundings.system().uri(uri);
    }
}
