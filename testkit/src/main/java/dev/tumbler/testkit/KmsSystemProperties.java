package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * While a test runs, system properties lead to its emulator: {@code tumbler.endpoint}, {@code tumbler.region}, and
 * {@code alibabacloud.accessKeyId} and {@code alibabacloud.accessKeySecret} of the default credential chains; for programs
 * that can be told in no other way. Afterwards they are as before. Tests that use system properties, and say so to JUnit,
 * do not run meanwhile.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ResourceLock(Resources.SYSTEM_PROPERTIES)
public @interface KmsSystemProperties {}
