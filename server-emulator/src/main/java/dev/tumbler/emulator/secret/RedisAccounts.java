package dev.tumbler.emulator.secret;

import java.util.List;
import java.util.function.Supplier;

/** Accounts of an ApsaraDB for Redis or Tair instance, which the service makes. */
public record RedisAccounts(AccountPair accounts, String accountPrivilege, String instanceId, String regionId)
        implements ManagedResource {
    @Override
    public SecretType type() {
        return SecretType.REDIS;
    }

    @Override
    public String secretSubType() {
        return "DoubleUsers";
    }

    @Override
    public List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword) {
        return accounts.firstValues(newPassword);
    }
}
