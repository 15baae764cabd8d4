package dev.tumbler.emulator.journal;

/**
 * A permission that a call needed. Immutable.
 *
 * @param principal the ARN of who called: the account's root, a user, or the role that a session is of
 * @param accessKeyId the access key that signed
 * @param action such as {@code kms:GetSecretValue}, {@code sts:AssumeRole} or {@code rds:CreateAccount}
 * @param resource the ARN, or {@code *} for an action that has no resource
 * @param granted whether the caller had it; the account has all
 */
public record PermissionUse(String principal, String accessKeyId, String action, String resource, boolean granted) {}
