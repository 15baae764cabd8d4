package dev.tumbler.client.cache;

import dev.tumbler.client.model.GetSecretValueResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps what a {@link SecretCache} has read, so that a process that starts while the service is away finds its secrets.
 * The cache asks it only if the service could not be reached or was out; what the service refuses stays refused.
 *
 * <p>Thread-safe, and called on threads of the cache. What it throws is logged and harms no reader that has a value.
 */
public interface SecretStore {
    /**
     * Keeps a value; called after each read from the service, also if nothing has changed since the last.
     *
     * @param secretName the name or ARN as it was asked for
     */
    void save(String secretName, VersionSelector version, StoredSecret value);

    /**
     * Returns what was kept last; empty if nothing was.
     *
     * @throws RuntimeException if there is a value and it cannot be trusted or read; it is then not used
     */
    Optional<StoredSecret> load(String secretName, VersionSelector version);

    /**
     * Returns a store of one file for each version of a secret, encrypted with AES-256-GCM. A file is bound to its secret
     * and version and is refused after any change to it, or with another key. Files are replaced as a whole, readable by
     * their owner only where the file system knows owners, and named by a hash, so that any name of a secret is safe.
     *
     * <p>Whoever has key and directory has the secrets: keep the key elsewhere.
     *
     * @param directory where the files are; created when the first value is saved
     * @param key 32 random bytes; copied
     * @throws IllegalArgumentException if the key has another length
     */
    static SecretStore encryptedFiles(Path directory, byte[] key) {
        return new EncryptedFileStore(directory, key);
    }

    /**
     * A value and when it was read from the service.
     *
     * @param result what the service answered
     * @param readAt when it was asked
     */
    record StoredSecret(GetSecretValueResult result, Instant readAt) {
        /** Both are required. */
        public StoredSecret {
            Objects.requireNonNull(result, "result");
            Objects.requireNonNull(readAt, "readAt");
        }
    }
}
