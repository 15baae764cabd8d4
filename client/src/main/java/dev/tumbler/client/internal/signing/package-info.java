/**
 * What a request looks like when it is signed.
 */
@NullMarked
package dev.tumbler.client.internal.signing;

import org.jspecify.annotations.NullMarked;
