package dev.tumbler.testkit;

import dev.tumbler.emulator.rds.RdsEngine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An RDS instance in memory, without accounts, that the emulator has when a test begins; {@link RdsSecret} brings its own.
 * On a field of type {@link dev.tumbler.emulator.rds.RdsInstance} it is as on the class, and the field gets the instance: a
 * static one shares one emulator among all tests of the class. Repeatable, and usable on annotations of your own.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(DbInstance.Several.class)
public @interface DbInstance {
    /** Its id, as in {@code DBInstanceId}. */
    String id() default "rm-test";

    /** Its engine. */
    RdsEngine engine() default RdsEngine.POSTGRESQL;

    /** What holds several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @interface Several {
        /** The instances. */
        DbInstance[] value();
    }
}
