package dev.tumbler.client.auth;

import java.util.Objects;
import java.util.Optional;

record StaticCredentialsProvider(Credentials credentials) implements CredentialsProvider {
    StaticCredentialsProvider {
        Objects.requireNonNull(credentials, "credentials");
    }

    @Override
    public Optional<Credentials> atHand() {
        return Optional.of(credentials);
    }
}
