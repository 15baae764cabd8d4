package dev.tumbler.emulator.ram;

import java.util.Map;

/**
 * What policies are asked: may this be done to that?
 *
 * @param action such as {@code kms:GetSecretValue}
 * @param resource the ARN, or {@code *} for an action that has no resource: only the pattern {@code *} covers it
 * @param context the condition keys that have a value, such as {@code acs:SourceIp}
 */
public record AccessRequest(String action, String resource, Map<String, String> context) {
    public AccessRequest {
        context = Map.copyOf(context);
    }
}
