/**
 * Who calls the service: access keys, and where they come from.
 */
@NullMarked
package dev.tumbler.client.auth;

import org.jspecify.annotations.NullMarked;
