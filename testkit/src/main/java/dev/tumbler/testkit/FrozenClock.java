package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The emulator's clock stands still at this time until it is advanced; otherwise it follows the system's. The one
 * nearest to the test counts: on the method, the class, an enclosing class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface FrozenClock {
    /** An instant in ISO form, such as {@code 2026-01-01T00:00:00Z}. */
    String value();
}
