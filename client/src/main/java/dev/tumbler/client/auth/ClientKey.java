package dev.tumbler.client.auth;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client key of an application access point: a key id, and an RSA key that signs requests by SHA256withRSA under the RPC
 * signature V1, whatever {@link SignatureMethod} says. Immutable; {@link #toString()} and mappers to JSON show the key id
 * only. Source: KMS, "Create a client key"; the signature is that of the official core SDK.
 */
public final class ClientKey implements Credentials {
    private final String keyId;
    private final transient PrivateKey privateKey;

    private ClientKey(String keyId, PrivateKey privateKey) {
        this.keyId = AccessKey.requireText("keyId", keyId);
        this.privateKey = privateKey;
    }

    /**
     * Returns a client key whose private key the program has itself, as from a key store or a security module.
     *
     * @throws IllegalArgumentException if the key id is blank or the private key is none of RSA
     */
    public static ClientKey of(String keyId, PrivateKey privateKey) {
        if (!privateKey.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException("privateKey is one of " + privateKey.getAlgorithm() + ", not of RSA");
        }
        return new ClientKey(keyId, privateKey);
    }

    /**
     * Reads a client key file as the console gives it, {@code {"KeyId":"KAAP...","PrivateKeyData":"..."}}.
     *
     * @param password that of the file, which the console has shown once
     * @throws CredentialsException if the file cannot be read, has another form, or has another password
     */
    public static ClientKey read(Path file, String password) {
        String json;
        try {
            json = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CredentialsException("there is no file " + file);
        } catch (IOException e) {
            throw new CredentialsException(file + " cannot be read", false, e);
        }
        return parsed(file.toString(), json, password);
    }

    /**
     * Takes what stands in a client key file.
     *
     * @throws CredentialsException as {@link #read}
     */
    public static ClientKey parse(String json, String password) {
        return parsed("the client key", json, password);
    }

    private static ClientKey parsed(String where, String json, String password) {
        Objects.requireNonNull(password, "password");
        try {
            if (JsonParser.parseString(json) instanceof JsonObject members) {
                String keyId = text(members, "KeyId");
                String store = text(members, "PrivateKeyData");
                if (keyId != null && store != null) {
                    return new ClientKey(
                            keyId, privateKey(where, Base64.getDecoder().decode(store), password));
                }
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            // Falls through: their messages could quote what was read.
        }
        throw new CredentialsException(where + " has not the form {\"KeyId\":...,\"PrivateKeyData\":...}");
    }

    private static @Nullable String text(JsonObject members, String name) {
        return members.get(name) != null && members.get(name).isJsonPrimitive()
                ? Text.given(members.get(name).getAsString())
                : null;
    }

    private static PrivateKey privateKey(String where, byte[] pkcs12, String password) {
        char[] characters = password.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), characters);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, characters);
                if (key instanceof PrivateKey ofPair && ofPair.getAlgorithm().equals("RSA")) {
                    return ofPair;
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new CredentialsException(where + " cannot be opened; is it the right password?", false, e);
        }
        throw new CredentialsException(where + " holds no RSA key");
    }

    /** Returns the key id, which is no secret. */
    public String keyId() {
        return keyId;
    }

    /** Returns the key id. */
    @Override
    public String accessKeyId() {
        return keyId;
    }

    /** Returns the key that signs. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** Returns whether the other object is a client key with the same id and private key. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientKey that && keyId.equals(that.keyId) && privateKey.equals(that.privateKey);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    @Override
    public String toString() {
        return "ClientKey[keyId=" + keyId + "]";
    }
}
