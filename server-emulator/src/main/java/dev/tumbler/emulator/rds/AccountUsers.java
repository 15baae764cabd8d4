package dev.tumbler.emulator.rds;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who uses which accounts of the instances. Nothing keeps two from using the same account, but each then breaks the
 * password of the other. Thread-safe.
 */
public final class AccountUsers {
    /** More in one log line would help nobody. */
    private static final int MOST_NAMED = 10;

    private final ConcurrentMap<AccountOfInstance, Set<AccountUser>> users = new ConcurrentHashMap<>();

    AccountUsers() {}

    /** Remembers that the user uses the accounts, until it is {@link #remove removed}. */
    public void add(String dbInstanceId, Iterable<String> accountNames, AccountUser user) {
        for (String accountName : accountNames) {
            users.compute(new AccountOfInstance(dbInstanceId, accountName), (account, present) -> {
                Set<AccountUser> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(user);
                return all;
            });
        }
    }

    /** Forgets what {@link #add} was told. */
    public void remove(String dbInstanceId, Iterable<String> accountNames, AccountUser user) {
        for (String accountName : accountNames) {
            users.computeIfPresent(new AccountOfInstance(dbInstanceId, accountName), (account, present) -> {
                present.remove(user);
                return present.isEmpty() ? null : present;
            });
        }
    }

    /** Who else uses the account, a few of them if they are many. */
    public List<AccountUser> others(String dbInstanceId, String accountName, AccountUser user) {
        return users.getOrDefault(new AccountOfInstance(dbInstanceId, accountName), Set.of()).stream()
                .filter(other -> other != user && other.usesAccounts())
                .limit(MOST_NAMED)
                .toList();
    }

    private record AccountOfInstance(String dbInstanceId, String accountName) {}
}
