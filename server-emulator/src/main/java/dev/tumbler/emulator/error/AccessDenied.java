package dev.tumbler.emulator.error;

/**
 * Why somebody may not do something, {@code AccessDeniedDetail} in answers.
 *
 * <p>Source: RAM API reference, DecodeDiagnosticMessage. That KMS fills it is <em>assumed</em>; both SDKs read it.
 *
 * @param action what was asked for, such as {@code kms:GetSecretValue}
 * @param principalType such as {@code SubUser} or {@code AssumedRoleUser}
 * @param principalOwnerId the account of the identity
 * @param principalDisplayName the id of a user, or {@code role:session}
 * @param explicit whether a statement denies it; otherwise none allows it
 * @param policyType the kind of policy that denies it, or that would have to allow it
 */
public record AccessDenied(
        String action,
        String principalType,
        String principalOwnerId,
        String principalDisplayName,
        boolean explicit,
        String policyType) {}
