/**
 * The actions of the KMS API {@code 2016-01-20}: one small class each, which holds parameters and fields only. The rules
 * are the domain's.
 */
@NullMarked
package dev.tumbler.emulator.gateway.openapi.kms;

import org.jspecify.annotations.NullMarked;
