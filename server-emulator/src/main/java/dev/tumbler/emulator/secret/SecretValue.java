package dev.tumbler.emulator.secret;

import java.nio.charset.StandardCharsets;

/** The content of one version. No {@code toString} shows it. */
public sealed interface SecretValue {
    /** {@code text} or {@code binary}. */
    String dataType();

    /** The size that counts against the limit, in bytes. */
    int size();

    /**
     * Checks the size of {@code SecretData} as a request says it, which of managed secrets is not what is stored.
     *
     * @throws dev.tumbler.emulator.error.KmsError if it is more than 30720 bytes
     */
    static void checkSize(String secretData) {
        SecretRules.checkSize(bytes(secretData));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Text. */
    record Text(String text) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return bytes(text);
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
            return bytes(encoded);
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
            return bytes(accountName) + bytes(accountPassword);
        }

        @Override
        public String toString() {
            return "Account[" + accountName + ", ***]";
        }
    }

    /** An access key of a RAM user. */
    record AccessKey(String accessKeyId, String accessKeySecret) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return bytes(accessKeyId) + bytes(accessKeySecret);
        }

        @Override
        public String toString() {
            return "AccessKey[" + accessKeyId + ", ***]";
        }
    }

    /** A user of an ECS instance, and the password. */
    record Login(String userName, String password) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return bytes(userName) + bytes(password);
        }

        @Override
        public String toString() {
            return "Login[" + userName + ", ***]";
        }
    }

    /** A user of an ECS instance, and the SSH keys. */
    record KeyPair(String userName, String publicKey, String privateKey) implements SecretValue {
        @Override
        public String dataType() {
            return "text";
        }

        @Override
        public int size() {
            return bytes(userName) + bytes(publicKey) + bytes(privateKey);
        }

        @Override
        public String toString() {
            return "KeyPair[" + userName + ", ***]";
        }
    }
}
