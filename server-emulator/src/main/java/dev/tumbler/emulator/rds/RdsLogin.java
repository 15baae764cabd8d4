package dev.tumbler.emulator.rds;

/**
 * A login that was tried. Immutable; holds no password.
 *
 * @param accountName the account, which need not exist
 * @param accepted whether it was let in
 * @param passwordAge how often the account's password has been changed since it was the one that was tried: 0 for the one
 *     in force, {@link #UNKNOWN} for one that it never had, or had more than 64 changes ago
 */
public record RdsLogin(String accountName, boolean accepted, int passwordAge) {
    /** The age of a password that is none of the account's. */
    public static final int UNKNOWN = -1;
}
