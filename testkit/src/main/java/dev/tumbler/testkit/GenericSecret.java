package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A generic secret that the emulator has when a test begins. On a class, also an enclosing one, each of its emulators has
 * it; on a method, the method's own. Repeatable, and usable on annotations of your own.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(GenericSecret.Several.class)
public @interface GenericSecret {
    /** The name of the secret. */
    String name();

    /** The value of its first version. */
    String value();

    /** The id of its first version. */
    String versionId() default "v1";

    /** What holds several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @interface Several {
        /** The secrets. */
        GenericSecret[] value();
    }
}
