/**
 * The KMS OpenAPI {@code 2016-01-20}: parse, authenticate, dispatch, render. One small class per action, which holds
 * parameters and fields only; the rules are the domain's.
 */
@NullMarked
package dev.tumbler.emulator.gateway.openapi;

import org.jspecify.annotations.NullMarked;
