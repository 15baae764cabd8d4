/** Events over HTTP, in the forms in which the service publishes them. */
@NullMarked
package dev.tumbler.emulator.gateway.webhook;

import org.jspecify.annotations.NullMarked;
