package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An access key that the emulator knows when a test begins, such as the one in an application's test settings: what it signs
 * is verified strictly. On a parameter or an {@link Emulated} field of type {@link dev.tumbler.client.SecretsClient}, that
 * client signs with it. Repeatable, and usable on annotations of your own.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(AccessKey.Several.class)
public @interface AccessKey {
    /** The AccessKey ID. */
    String id() default "LTAI-test";

    /** The AccessKey secret. */
    String secret() default "test-access-key-secret";

    /**
     * What it may do: a RAM policy document, or the name of a resource or file that holds one, as in {@link KmsFixtures}.
     * Without one it is a key of the account, which may do everything.
     */
    String policy() default "";

    /** The RAM user that a policy is attached to; named like the id if this is empty. */
    String user() default "";

    /** What holds several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @interface Several {
        /** The keys. */
        AccessKey[] value();
    }
}
