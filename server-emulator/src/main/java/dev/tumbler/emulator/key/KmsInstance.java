package dev.tumbler.emulator.key;

import java.time.Instant;

/**
 * A KMS instance: keys and secrets belong to one, or to none.
 *
 * @param id {@code kst-…}, the value of {@code DKMSInstanceId}
 * @param createTime by the emulator's clock
 */
public record KmsInstance(String id, String region, Instant createTime) {
    /** The ARN of the instance of this account. */
    public String arn(String accountId) {
        return "acs:kms:" + region + ":" + accountId + ":keystore/" + id;
    }
}
