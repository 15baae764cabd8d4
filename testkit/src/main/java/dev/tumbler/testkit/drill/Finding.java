package dev.tumbler.testkit.drill;

/**
 * What a drill has found wrong. Immutable.
 *
 * @param defect which of the known defects it looks like
 * @param words what was seen, and what follows from it
 */
public record Finding(Defect defect, String words) {
    /** What can be wrong with an application whose password rotates. */
    public enum Defect {
        /** It goes on to log in with a password that was rotated away. */
        PASSWORD_KEPT_FOR_EVER("the password is kept for ever"),
        /** A refused login is the end of an operation, though a newer version comes. */
        NO_RETRY_AFTER_REFUSED_LOGIN("a refused login is not tried again"),
        /** Connections outlive rotation after rotation. */
        CONNECTIONS_NOT_RETIRED("pooled connections are not retired"),
        /** Calls or logins that fail are repeated at once, and again. */
        RETRIES_WITHOUT_BACKOFF("retries come without a pause"),
        /** The secret is read where a value in memory would do. */
        READS_SECRET_EACH_TIME("the secret is read for every operation"),
        /** Without the KMS it fails, though the value that it had still logs in. */
        STALE_VALUE_IGNORED("a stale value is ignored"),
        /** None of these. */
        FAILS_OTHERWISE("operations fail");

        private final String words;

        Defect(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** In words: the defect, and what was seen of it. */
    @Override
    public String toString() {
        return defect + ": " + words;
    }
}
