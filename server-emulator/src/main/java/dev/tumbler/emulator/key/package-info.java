/**
 * Customer master keys, and the KMS instances that keys and secrets belong to: what a secret needs of them. Knows no
 * HTTP and no JSON.
 */
@NullMarked
package dev.tumbler.emulator.key;

import org.jspecify.annotations.NullMarked;
