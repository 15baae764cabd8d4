package dev.tumbler.testkit.drill;

import java.util.Comparator;

/**
 * Logins that were alike.
 *
 * @param accountName the account; {@code ?} if the login was refused and the data source does not say whose it was
 * @param passwordAge how often the account's password had been changed since it was the one that was tried: 0 for the one in
 *     force, -1 if that is not known
 * @param accepted whether the database let them in
 * @param count how many
 */
public record LoginCount(String accountName, int passwordAge, boolean accepted, long count) {
    static final Comparator<LoginCount> ORDER = Comparator.comparing(LoginCount::accountName)
            .thenComparing(LoginCount::passwordAge)
            .thenComparing(LoginCount::accepted);
}
