package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Admission;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.gateway.openapi.Permissions;
import dev.tumbler.emulator.ram.AccessRequest;
import dev.tumbler.emulator.ram.Decision;
import dev.tumbler.emulator.ram.Policy;
import dev.tumbler.emulator.ram.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: each action is allowed or not on the resources that its parameters name, whether they exist or not.
 * An action that is not listed here, and so cannot be forgotten, needs permission on {@code *}.
 *
 * <p>Source: KMS, "Use RAM to control access to KMS resources": actions, resource types, and when {@code kms:Decrypt} and
 * {@code kms:GenerateDataKey} are needed beside them. The resources of actions newer than that page are <em>assumed</em>.
 */
final class KmsAccess implements Admission {
    private static final Map<String, Target> TARGETS = targets();

    /** What secret policies decide on; they say nothing of other actions. Source: "Modify a secret policy". */
    private static final Pattern IN_SECRET_POLICIES =
            Pattern.compile("kms:(List.*|Describe.*|Update.*|(Put|Get)SecretValue|(Delete|Restore|Rotate)Secret"
                    + "|(Tag|Untag)Resource)");

    /** {@code acs:kms:<region>:<account>:}. */
    private final String arnPrefix;

    private final Function<String, Optional<SecretGuard>> guards;
    private final Function<byte[], Optional<String>> keyOfCiphertext;

    /**
     * Asks what there is.
     *
     * @param guards what guards the secret of a name or ARN; empty if there is no such secret
     * @param keyOfCiphertext the id of the key that made a ciphertext; empty if there is no such key
     */
    KmsAccess(
            String arnPrefix,
            Function<String, Optional<SecretGuard>> guards,
            Function<byte[], Optional<String>> keyOfCiphertext) {
        this.arnPrefix = arnPrefix;
        this.guards = guards;
        this.keyOfCiphertext = keyOfCiphertext;
    }

    /**
     * What beside the caller's own policies counts for a secret.
     *
     * @param encryptionKeyId the key that was given for it; null for the service's own
     * @param policy the secret policy, a document; null without one
     */
    record SecretGuard(
            @Nullable String encryptionKeyId, @Nullable String policy) {}

    @Override
    public void admit(String action, Call call) {
        Target target = TARGETS.getOrDefault(action, Target.EVERYTHING);
        List<String> resources = Permissions.resources(call, () -> resources(target, call.parameters()));
        if (resources.isEmpty()) {
            // No secret and no key are named either.
            return;
        }
        Optional<SecretGuard> guard =
                target == Target.SECRET ? guards.apply(call.parameters().required("SecretName")) : Optional.empty();
        for (String resource : resources) {
            require(need(action, resource, call), guard, call);
        }
        encryptionKey(action, call.parameters(), guard).ifPresent(key -> {
            String use = action.equals("GetSecretValue") ? "Decrypt" : "GenerateDataKey";
            require(need(use, named("key/", key), call), Optional.empty(), call);
        });
    }

    private List<String> resources(Target target, Parameters parameters) {
        try {
            return target == Target.CIPHERTEXT
                    ? keyOfCiphertext
                            .apply(KeyFields.bytes(parameters, "CiphertextBlob"))
                            .map(key -> List.of(named("key/", key)))
                            .orElseGet(() -> target.resources(parameters))
                    : target.resources(parameters);
        } catch (KmsError e) {
            throw DryRun.failed(parameters, e);
        }
    }

    private static void require(AccessRequest need, Optional<SecretGuard> guard, Call call) {
        Principal principal = call.caller().principal();
        Decision ofSecret =
                guard.map(present -> decide(present, need, principal)).orElse(Decision.IMPLICIT_DENY);
        Permissions.require(
                call,
                need,
                ofSecret,
                (resource, detail) -> call.parameters().flag("DryRun")
                        ? KmsError.dryRunDenied(resource, detail)
                        : KmsError.noPermission(resource, detail));
    }

    /** Same account: either policy may allow it, and neither must deny it. Source: "Overview of secret policies". */
    private static Decision decide(SecretGuard guard, AccessRequest need, Principal principal) {
        return guard.policy() == null
                        || !IN_SECRET_POLICIES.matcher(need.action()).matches()
                ? Decision.IMPLICIT_DENY
                : Policy.parseOfResource(guard.policy()).decide(need, principal);
    }

    /** The key that an action uses on behalf of its caller. */
    private static Optional<String> encryptionKey(String action, Parameters parameters, Optional<SecretGuard> guard) {
        return switch (action) {
            case "CreateSecret" -> Optional.ofNullable(parameters.optional("EncryptionKeyId"));
            case "GetSecretValue", "PutSecretValue" -> guard.map(SecretGuard::encryptionKeyId);
            default -> Optional.empty();
        };
    }

    private AccessRequest need(String action, String resource, Call call) {
        String arn = resource.equals("*") || resource.startsWith("acs:") ? resource : arnPrefix + resource;
        return new AccessRequest("kms:" + action, arn, call.context());
    }

    /** A name may be an ARN already. */
    private static String named(String type, String nameOrArn) {
        return nameOrArn.startsWith("acs:") ? nameOrArn : type + nameOrArn;
    }

    private static Map<String, Target> targets() {
        Map<String, Target> targets = new HashMap<>();
        targets.put("DescribeRegions", Target.NOTHING);
        for (String action : List.of("GetRandomPassword", "ListKmsInstances", "GetKmsInstance")) {
            targets.put(action, Target.EVERYTHING);
        }
        for (String action : List.of("CreateSecret", "ListSecrets")) {
            targets.put(action, Target.SECRETS);
        }
        for (String action : List.of("CreateKey", "ListKeys")) {
            targets.put(action, Target.KEYS);
        }
        for (String action : List.of(
                "DeleteSecret",
                "DescribeSecret",
                "GetSecretPolicy",
                "GetSecretValue",
                "ListSecretVersionIds",
                "PutSecretValue",
                "RestoreSecret",
                "RotateSecret",
                "SetSecretPolicy",
                "UpdateSecret",
                "UpdateSecretRotationPolicy",
                "UpdateSecretVersionStage")) {
            targets.put(action, Target.SECRET);
        }
        for (String action : List.of(
                "CancelKeyDeletion",
                "DescribeKey",
                "DisableKey",
                "EnableKey",
                "Encrypt",
                "GenerateDataKey",
                "GenerateDataKeyWithoutPlaintext",
                "ListResourceTags",
                "ScheduleKeyDeletion",
                "UpdateKeyDescription")) {
            targets.put(action, Target.KEY);
        }
        targets.put("Decrypt", Target.CIPHERTEXT);
        for (String action : List.of("TagResource", "UntagResource")) {
            targets.put(action, Target.KEY_OR_SECRET);
        }
        for (String action : List.of("TagResources", "UntagResources", "ListTagResources")) {
            targets.put(action, Target.LISTED);
        }
        return Map.copyOf(targets);
    }

    /** Which resources the parameters of an action name. */
    private enum Target {
        /** None: whoever can sign may do it. */
        NOTHING {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of();
            }
        },
        /** None that a policy could name. */
        EVERYTHING {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of("*");
            }
        },
        /** The secrets of the region. */
        SECRETS {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of("secret");
            }
        },
        /** The keys of the region. */
        KEYS {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of("key");
            }
        },
        SECRET {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of(named("secret/", parameters.required("SecretName")));
            }
        },
        KEY {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of(named("key/", parameters.required("KeyId")));
            }
        },
        /** The key that made the ciphertext, or, if there is none, whichever (<em>assumed</em>). */
        CIPHERTEXT {
            @Override
            List<String> resources(Parameters parameters) {
                return List.of("key/*");
            }
        },
        /** What one of the two parameters names; which one must be given, the action says. */
        KEY_OR_SECRET {
            @Override
            List<String> resources(Parameters parameters) {
                return parameters.optional("SecretName") != null
                        ? SECRET.resources(parameters)
                        : parameters.optional("KeyId") != null ? KEY.resources(parameters) : List.of("*");
            }
        },
        /** All that are listed, or all of their type. */
        LISTED {
            @Override
            List<String> resources(Parameters parameters) {
                String type = parameters.required("ResourceType");
                List<String> resources = new ArrayList<>();
                for (String id : TaggableResources.ids(parameters)) {
                    resources.add(named(type + "/", id));
                }
                return resources.isEmpty() ? List.of(type) : resources;
            }
        };

        abstract List<String> resources(Parameters parameters);
    }
}
