package dev.tumbler.emulator.secret;

import java.time.Instant;

/** One version: written once, never changed. */
public record SecretVersion(String versionId, SecretValue value, Instant createTime) {}
