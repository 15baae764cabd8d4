package dev.tumbler.emulator.secret;

import java.util.List;
import java.util.function.Supplier;

/** The login of an ECS instance. */
public record EcsLogin(Kind kind, String regionId, String instanceId) implements ManagedResource {
    @Override
    public SecretType type() {
        return SecretType.ECS;
    }

    @Override
    public String secretSubType() {
        return kind.secretSubType;
    }

    @Override
    public List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword) {
        return given;
    }

    /** What one logs in with. */
    public enum Kind {
        PASSWORD("Password"),
        SSH_KEY("SSHKey");

        private final String secretSubType;

        Kind(String secretSubType) {
            this.secretSubType = secretSubType;
        }

        /** The service's name for it. */
        public String secretSubType() {
            return secretSubType;
        }
    }
}
