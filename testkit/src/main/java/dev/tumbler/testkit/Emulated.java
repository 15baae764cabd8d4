package dev.tumbler.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that gets what a parameter of its type would get: see {@link KmsEmulatorExtension}. It is filled before
 * {@code @BeforeEach} methods run; a static one before {@code @BeforeAll} methods, and shares one emulator among all tests
 * of the class.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Emulated {}
