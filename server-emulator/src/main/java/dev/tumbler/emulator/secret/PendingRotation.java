package dev.tumbler.emulator.secret;

/**
 * A rotation that may or may not have reached the database: kept before the database is asked to change anything, so that
 * a process that is killed in between can finish it with the same password. No API shows it.
 *
 * @param versionId the version that it makes
 */
public record PendingRotation(String versionId, String password) {
    @Override
    public String toString() {
        return "PendingRotation[" + versionId + ", ***]";
    }
}
