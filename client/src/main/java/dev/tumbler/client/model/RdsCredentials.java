package dev.tumbler.client.model;

import java.util.Objects;

/**
 * An account of a database with its password. {@link #toString()} hides the password.
 *
 * @param accountName the name of the account
 * @param accountPassword the password, in clear text
 */
public record RdsCredentials(String accountName, String accountPassword) {
    /** Both parts are required. */
    public RdsCredentials {
        Objects.requireNonNull(accountName, "accountName");
        Objects.requireNonNull(accountPassword, "accountPassword");
    }

    @Override
    public String toString() {
        return "RdsCredentials[accountName=" + accountName + ", accountPassword=(redacted)]";
    }
}
