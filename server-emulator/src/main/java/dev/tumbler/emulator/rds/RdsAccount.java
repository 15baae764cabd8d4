package dev.tumbler.emulator.rds;

import java.util.List;

/**
 * An account of an instance, as DescribeAccounts shows it; never its password.
 *
 * @param name its name
 * @param type what it is
 * @param privileges what it has been granted, one for each database, in the order of their names; none for a privileged
 *     account
 */
public record RdsAccount(String name, AccountType type, List<Granted> privileges) {
    public RdsAccount {
        privileges = List.copyOf(privileges);
    }

    /**
     * What an account may do in a database.
     *
     * @param database the database's name
     * @param accountPrivilege the {@linkplain AccountPrivilege#wireName privilege} that comprises just that, or {@code Custom}
     * @param detail the engine's own words for it, separated by commas; empty where nobody asked the engine
     */
    public record Granted(String database, String accountPrivilege, String detail) {
        /** What the API calls privileges that are none of {@link AccountPrivilege}. Source: RDS API reference, DescribeAccounts. */
        public static final String CUSTOM = "Custom";

        static Granted of(DatabasePrivilege privilege) {
            return new Granted(privilege.database(), privilege.privilege().wireName(), "");
        }
    }
}
