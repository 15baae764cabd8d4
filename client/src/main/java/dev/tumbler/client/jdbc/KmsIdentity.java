package dev.tumbler.client.jdbc;

import dev.tumbler.client.auth.ClientKey;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.RamRole;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** As whom the driver reads secrets. The same settings give equal ones, which providers are not. */
sealed interface KmsIdentity {
    CredentialsProvider provider();

    record DefaultChain() implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return CredentialsProvider.defaultChain();
        }
    }

    record AccessKey(dev.tumbler.client.auth.AccessKey credentials) implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return CredentialsProvider.of(credentials);
        }
    }

    /** A client key; the file is opened when the driver first needs it. */
    record ClientKeyFile(Path file, String password) implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return CredentialsProvider.of(ClientKey.read(file, password));
        }

        @Override
        public String toString() {
            return "ClientKeyFile[file=" + file + ", password=(redacted)]";
        }
    }

    /**
     * The RAM role of the ECS instance.
     *
     * @param name null for the one that the instance has
     */
    record EcsRole(@Nullable String name) implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return name == null ? CredentialsProvider.ecsRamRole() : CredentialsProvider.ecsRamRole(name);
        }
    }

    record AssumedRole(RamRole role, AccessKey by) implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return CredentialsProvider.ramRole(role, by.provider());
        }
    }

    record OidcRole(RamRole role, String oidcProviderArn, Path tokenFile) implements KmsIdentity {
        @Override
        public CredentialsProvider provider() {
            return CredentialsProvider.oidc(role, oidcProviderArn, tokenFile);
        }
    }
}
