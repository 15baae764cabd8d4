package dev.tumbler.client.auth;

import java.util.Objects;

record StaticCredentialsProvider(Credentials credentials) implements CredentialsProvider {
    StaticCredentialsProvider {
        Objects.requireNonNull(credentials, "credentials");
    }
}
