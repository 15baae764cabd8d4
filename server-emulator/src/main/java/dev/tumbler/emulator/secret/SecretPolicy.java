package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with one secret of a KMS instance. It is named {@code default}; a secret has no other.
 *
 * <p>Source: KMS API reference, CreateSecret and SetSecretPolicy, Policy; KMS, "Overview of secret policies".
 *
 * @param document the JSON document as it came, at most 32768 bytes
 * @param statements what it says; at least one
 */
public record SecretPolicy(String document, List<Statement> statements) {
    /** The name of each secret's policy. */
    public static final String NAME = "default";

    /** The only {@code Version} of the document. */
    public static final String VERSION = "1";

    private static final int MAX_BYTES = 32_768;
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9_/+=.@ -]{0,128}");

    public SecretPolicy {
        statements = List.copyOf(statements);
        if (document.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("It must be at most 32768 bytes long.");
        }
        if (statements.isEmpty()) {
            throw invalid("\"Statement\" must hold at least one statement.");
        }
    }

    /** What a secret gets that is created without: the account, and so whoever its RAM policies allow, may do anything. */
    public static SecretPolicy ofAccount(String accountId) {
        String principal = "acs:ram::" + accountId + ":*";
        String sid = "kms default secret policy";
        return new SecretPolicy(
                "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"" + sid + "\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"RAM\":[\"" + principal
                        + "\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}",
                List.of(new Statement(sid, Effect.ALLOW, List.of(principal), List.of("kms:*"), List.of("*"), null)));
    }

    /**
     * One statement.
     *
     * @param sid null if it has none
     * @param principals ARNs of RAM: {@code acs:ram::<account>:*}, {@code …:user/<name>} or {@code …:role/<name>}
     * @param actions such as {@code kms:GetSecretValue}; the service ignores those that it does not know
     * @param resources {@code *} only: the secret itself
     * @param condition a JSON object, kept as it came; null if there is none
     */
    public record Statement(
            @Nullable String sid,
            Effect effect,
            List<String> principals,
            List<String> actions,
            List<String> resources,
            @Nullable String condition) {
        public Statement {
            principals = List.copyOf(principals);
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            // The service's own default has spaces, so they are allowed although its documentation leaves them out.
            if (sid != null && !SID.matcher(sid).matches()) {
                throw invalid("A \"Sid\" is at most 128 letters, digits, spaces and _ / + = . @ -");
            }
            if (principals.isEmpty() || !principals.stream().allMatch(p -> p.startsWith("acs:ram::"))) {
                throw invalid("\"Principal\" must hold ARNs that start with acs:ram::");
            }
            if (actions.isEmpty() || !actions.stream().allMatch(action -> action.startsWith("kms:"))) {
                throw invalid("\"Action\" must hold actions that start with kms:");
            }
            if (!resources.equals(List.of("*"))) {
                throw invalid("\"Resource\" must be [\"*\"].");
            }
        }
    }

    /** What a statement does where it applies. */
    public enum Effect {
        ALLOW("Allow"),
        DENY("Deny");

        private final String wireName;

        Effect(String wireName) {
            this.wireName = wireName;
        }

        /** How documents spell it. */
        public String wireName() {
            return wireName;
        }
    }

    private static KmsError invalid(String rule) {
        return KmsError.invalidParameter("Policy", rule);
    }
}
