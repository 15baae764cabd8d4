package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test runs under this RAM policy: its client, its caches, data sources and the keys in
 * {@link KmsTestbed#environment} are of a user who may do this and nothing else. Fixtures are made by the account, which
 * may do everything. What was refused is in the test's report entry {@code kms.missingPermissions}. The one nearest to the
 * test counts.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface AllowedBy {
    /** A policy document, or the name of a resource or file that holds one, as in {@link KmsFixtures}. */
    String value();
}
