package dev.tumbler.emulator.tag;

/**
 * One tag.
 *
 * @param value may be empty
 */
public record Tag(String key, String value) {}
