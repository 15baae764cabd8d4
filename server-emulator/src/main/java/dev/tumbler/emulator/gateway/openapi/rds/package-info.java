/**
 * The actions of the RDS API {@code 2014-08-15} that KMS and its console use: one small class each, which holds parameters
 * and fields only. The rules are the domain's.
 */
@NullMarked
package dev.tumbler.emulator.gateway.openapi.rds;

import org.jspecify.annotations.NullMarked;
