package dev.tumbler.testkit;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An RDS secret that the emulator has when a test begins, with an instance in memory and an account on it, whose password
 * is random. On a class, also an enclosing one, each of its emulators has it; on a method, the method's own. On a field of
 * type {@link dev.tumbler.emulator.rds.RdsInstance} it is as on the class, and the field gets the instance: a static one
 * shares one emulator among all tests of the class. Repeatable, and usable on annotations of your own.
 *
 * <p>If there is one instance only, a parameter of type {@code RdsInstance} gets it too.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(RdsSecret.Several.class)
public @interface RdsSecret {
    /** The name of the secret. */
    String name();

    /** The engine of the instance. */
    RdsEngine engine() default RdsEngine.POSTGRESQL;

    /** Which account a rotation changes. */
    RotationStrategy strategy() default RotationStrategy.DUAL_ACCOUNT;

    /** The time between automatic rotations in ISO form, such as {@code P7D} or {@code PT6H}; empty for none. */
    String rotateEvery() default "";

    /** The name of the account. */
    String account() default "app";

    /** The id of the instance. Secrets with the same id share one, of one engine. */
    String dbInstanceId() default "rm-test";

    /** What holds several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @interface Several {
        /** The secrets. */
        RdsSecret[] value();
    }
}
