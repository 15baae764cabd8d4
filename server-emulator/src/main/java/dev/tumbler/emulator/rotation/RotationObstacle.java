package dev.tumbler.emulator.rotation;

/**
 * What makes a rotation fail on purpose.
 *
 * @param afterChange whether the database has the new password by then
 * @param message says what is wrong, for people
 */
public record RotationObstacle(boolean afterChange, String message) {}
