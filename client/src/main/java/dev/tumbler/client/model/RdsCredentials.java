package dev.tumbler.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account of a database with its password. {@link #toString()} hides the password, and mappers to JSON do not see it:
 * only {@link #accountPassword()} shows it.
 */
public final class RdsCredentials {
    private final String accountName;
    private final transient String accountPassword;

    /**
     * Returns such an account; both parts are required.
     *
     * @param accountPassword the password, in clear text
     */
    public RdsCredentials(String accountName, String accountPassword) {
        this.accountName = Objects.requireNonNull(accountName, "accountName");
        this.accountPassword = Objects.requireNonNull(accountPassword, "accountPassword");
    }

    /** Returns the name of the account. */
    public String accountName() {
        return accountName;
    }

    /** Returns the password, in clear text. */
    public String accountPassword() {
        return accountPassword;
    }

    /** Returns whether the other object is the same account with the same password. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RdsCredentials that
                && accountName.equals(that.accountName)
                && accountPassword.equals(that.accountPassword);
    }

    @Override
    public int hashCode() {
        return Objects.hash(accountName, accountPassword);
    }

    @Override
    public String toString() {
        return "RdsCredentials[accountName=" + accountName + ", accountPassword=(redacted)]";
    }
}
