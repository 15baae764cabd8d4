package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A JSON file that says what the emulator has when a test begins, for larger sets than annotations are good for. Each of
 * its arrays stands for an annotation, with elements named like the annotation's and the same defaults:
 *
 * <pre>{@code
 * {
 *   "frozenClock": "2026-01-01T00:00:00Z",
 *   "dbInstances": [{"id": "rm-orders", "engine": "MYSQL"}],
 *   "genericSecrets": [{"name": "mail/smtp", "value": "…", "versionId": "v1"}],
 *   "rdsSecrets": [{"name": "orders/db", "engine": "MYSQL", "strategy": "DUAL_ACCOUNT", "rotateEvery": "P7D",
 *                   "account": "orders", "dbInstanceId": "rm-orders"}],
 *   "accessKeys": [{"id": "LTAI-app", "secret": "…", "policy": {"Version": "1", "Statement": […]}}]
 * }
 * }</pre>
 *
 * <p>Names that are not known are errors.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface KmsFixtures {
    /** The name of a resource, looked for as {@link Class#getResourceAsStream} does beside the test class, or of a file. */
    String value();
}
