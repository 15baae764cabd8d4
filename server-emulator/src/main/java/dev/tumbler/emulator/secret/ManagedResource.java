package dev.tumbler.emulator.secret;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a managed secret holds the credentials of: what its {@code ExtendedConfig} says, but for {@code CustomData}.
 *
 * <p>Source: KMS API reference, CreateSecret, ExtendedConfig.
 */
public sealed interface ManagedResource permits RdsAccounts, RamUser, EcsLogin, RedisAccounts, PolarDbAccounts {
    /** The type of such secrets. */
    SecretType type();

    /** Which kind of them. */
    String secretSubType();

    /** The name that a secret gets for which {@code asked} was asked. */
    default String secretName(String asked) {
        return asked;
    }

    /**
     * What the first versions hold: the one that is current, and the one that is previous if there is one from the
     * start.
     *
     * @param given what the request to create the secret says; empty for {@code $Auto}
     * @param newPassword makes passwords
     */
    List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword);
}
