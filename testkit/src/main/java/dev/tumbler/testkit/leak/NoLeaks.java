package dev.tumbler.testkit.leak;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test fails if a secret value of its emulator is found where it must not be while it runs, or in the exception with which
 * it fails: see {@link LeakGuard}. From before its {@code @BeforeEach} methods until after its {@code @AfterEach} methods.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LeakGuardExtension.class)
public @interface NoLeaks {
    /** Further values to look for, each of at least 8 characters. */
    String[] values() default {};
}
