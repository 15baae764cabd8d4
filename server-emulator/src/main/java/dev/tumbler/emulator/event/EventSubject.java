package dev.tumbler.emulator.event;

import org.jspecify.annotations.Nullable;

/**
 * Which secret an event is about, in the service's own words.
 *
 * @param accountId the Alibaba Cloud account
 * @param arn {@code acs:kms:<region>:<account>:secret/<name>}
 * @param secretType such as {@code Generic} or {@code Rds}
 * @param secretSubType such as {@code DoubleUsers}; null for generic secrets
 * @param automaticRotation {@code Enabled}, {@code Disabled} or {@code Invalid}; null for generic secrets
 * @param dbInstanceId the RDS instance; null unless it is an {@code Rds} secret
 */
public record EventSubject(
        String region,
        String accountId,
        String name,
        String arn,
        String secretType,
        @Nullable String secretSubType,
        @Nullable String automaticRotation,
        @Nullable String dbInstanceId) {}
