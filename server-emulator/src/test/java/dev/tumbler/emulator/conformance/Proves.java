package dev.tumbler.emulator.conformance;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rows that a test shows when it passes. */
@Target(METHOD)
@Retention(RUNTIME)
@ExtendWith(EvidenceRecorder.class)
public @interface Proves {
    /** The ids of the rows. */
    String[] value();

    /** Who sends the requests, where it is no {@link ConformanceTest}. */
    String by() default "by hand";
}
