/**
 * An emulator of the Alibaba Cloud KMS secrets service: start one with {@code KmsEmulator}.
 */
@NullMarked
package dev.tumbler.emulator;

import org.jspecify.annotations.NullMarked;
