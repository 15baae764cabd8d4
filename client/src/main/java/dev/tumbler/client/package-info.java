/**
 * A client for Alibaba Cloud KMS secrets.
 *
 * <p>Start with {@link dev.tumbler.client.SecretsClient#builder()}.
 */
@NullMarked
package dev.tumbler.client;

import org.jspecify.annotations.NullMarked;
