/**
 * A client for Alibaba Cloud KMS secrets.
 */
@NullMarked
package dev.tumbler.client;

import org.jspecify.annotations.NullMarked;
