package dev.tumbler.emulator.conformance;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once with each official SDK, against an emulator of its own. It takes a {@link Kms} and, if it
 * needs them, the {@link dev.tumbler.emulator.KmsEmulator} and the {@link OfficialSdk}. It says by {@link Proves} what it shows.
 */
@Target(METHOD)
@Retention(RUNTIME)
@TestTemplate
@Tag("conformance")
@Timeout(60)
@ExtendWith(ConformanceExtension.class)
@interface ConformanceTest {}
