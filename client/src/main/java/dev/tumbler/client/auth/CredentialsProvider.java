package dev.tumbler.client.auth;

/**
 * Gives the credentials that sign a request. The client asks once for each call, on the thread of the caller, so an
 * implementation must be thread-safe and should answer from memory.
 */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * Returns the credentials to sign with now.
     *
     * @throws IllegalStateException if there are none; the message says where they were looked for
     */
    Credentials credentials();

    /** Returns a provider that always gives these credentials. */
    static CredentialsProvider of(Credentials credentials) {
        return new StaticCredentialsProvider(credentials);
    }

    /** Returns a provider that always gives this lasting access key. */
    static CredentialsProvider of(String accessKeyId, String accessKeySecret) {
        return of(Credentials.of(accessKeyId, accessKeySecret));
    }

    /**
     * Returns a provider that reads {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and, for
     * temporary keys, {@code ALIBABA_CLOUD_SECURITY_TOKEN} from the environment.
     */
    static CredentialsProvider environment() {
        return new EnvironmentCredentialsProvider(System::getenv);
    }
}
