package dev.tumbler.emulator.key;

import dev.tumbler.emulator.error.KmsError;
import java.time.Instant;

/**
 * A KMS instance: keys and secrets belong to one, or to none.
 *
 * @param id {@code kst-…}, the value of {@code DKMSInstanceId}
 * @param createTime by the emulator's clock
 * @param quota how many keys and secrets it takes
 */
public record KmsInstance(String id, String region, Instant createTime, Quota quota) {
    /** The ARN of the instance of this account. */
    public String arn(String accountId) {
        return "acs:kms:" + region + ":" + accountId + ":keystore/" + id;
    }

    /**
     * Sees to it that one more key may be created.
     *
     * @param present how many there are
     * @throws KmsError {@code Rejected.LimitExceeded}
     */
    void requireRoomForKey(long present) {
        requireRoom("key", present, quota.keys());
    }

    /**
     * Sees to it that one more secret may be created.
     *
     * @param present how many there are
     * @throws KmsError {@code Rejected.LimitExceeded}
     */
    public void requireRoomForSecret(long present) {
        requireRoom("secret", present, quota.secrets());
    }

    private void requireRoom(String what, long present, int most) {
        if (present >= most) {
            throw KmsError.limitExceeded(
                    "The " + what + " quota is exceeded. " + id + " takes " + most + " " + what + "s.");
        }
    }

    /**
     * How many keys, and how many secrets, an instance takes; those that are scheduled for deletion count.
     *
     * @param keys 0 or more
     * @param secrets 0 or more
     */
    public record Quota(int keys, int secrets) {
        /** What an instance has unless told otherwise. <em>Assumed</em>: the service sells several sizes. */
        public static final Quota DEFAULT = new Quota(1_000, 1_000);

        /**
         * Takes two numbers.
         *
         * @throws IllegalArgumentException if one is negative
         */
        public Quota {
            if (keys < 0 || secrets < 0) {
                throw new IllegalArgumentException("A quota is 0 or more: keys " + keys + ", secrets " + secrets);
            }
        }
    }
}
