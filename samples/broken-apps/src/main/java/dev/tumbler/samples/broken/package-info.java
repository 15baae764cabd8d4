/**
 * One application, written right once and wrong in seven typical ways, twice each. The first of two uses Tumbler's client, the
 * second Alibaba Cloud's SDK; they share no code, since nobody's bugs do.
 */
@NullMarked
package dev.tumbler.samples.broken;

import org.jspecify.annotations.NullMarked;
