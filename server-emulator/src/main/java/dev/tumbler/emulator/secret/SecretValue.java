package dev.tumbler.emulator.secret;

import java.nio.charset.StandardCharsets;

/** The content of one version. No {@code toString} shows it. */
public sealed interface SecretValue {
    /** {@code text} or {@code binary}. */
    String dataType();

    /** The size that counts against the limit, in bytes. */
    int size();

    /** Text. */
    record Text(String text) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    /**
     * Binary, in whatever text form the client chose: neither side of the API defines an encoding, so it is kept as it
     * came. <em>Assumed.</em>
     */
    record Binary(String encoded) implements SecretValue {
        @Override
        public String dataType() {
            return "binary";
        }

        @Override
        public int size() {
            return encoded.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public String toString() {
            return "Binary[***]";
        }
    }

    /** A database account. */
    record Account(String accountName, String accountPassword) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return (accountName + accountPassword).getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public String toString() {
            return "Account[" + accountName + ", ***]";
        }
    }
}
