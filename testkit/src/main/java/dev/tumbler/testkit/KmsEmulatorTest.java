package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a KMS emulator with default settings. See {@link KmsEmulatorExtension} for what can be
 * injected; register that extension itself for other settings.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KmsEmulatorExtension.class)
public @interface KmsEmulatorTest {
    /** How long an emulator lives. */
    EmulatorLifecycle lifecycle() default EmulatorLifecycle.PER_METHOD;
}
