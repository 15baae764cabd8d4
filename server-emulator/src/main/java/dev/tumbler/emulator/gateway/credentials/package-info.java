/**
 * Credentials for programs that run as a role: the credentials URI and the metadata service of instances.
 */
@NullMarked
package dev.tumbler.emulator.gateway.credentials;

import org.jspecify.annotations.NullMarked;
