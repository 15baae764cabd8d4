package dev.tumbler.client.auth;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code ~/.aliyun/config.json}, as the Alibaba Cloud CLI writes it. Source: CLI, "Configure profiles". */
final class CliProfile {
    private final Surroundings surroundings;
    private final Path file;
    private final JsonObject config;

    private CliProfile(Surroundings surroundings, Path file, JsonObject config) {
        this.surroundings = surroundings;
        this.file = file;
        this.config = config;
    }

    /** Returns the provider of a profile; null for the one of {@code ALIBABA_CLOUD_PROFILE}, or the current one. */
    static CredentialsProvider provider(Surroundings surroundings, @Nullable String name) {
        Path file = surroundings.home().resolve(".aliyun").resolve("config.json");
        CliProfile profiles = new CliProfile(surroundings, file, parsed(file));
        String wanted = name == null ? surroundings.variable("ALIBABA_CLOUD_PROFILE") : name;
        if (wanted == null) {
            wanted = text(profiles.config, "current");
        }
        if (wanted == null) {
            throw new CredentialsException(file + " names no current profile");
        }
        return profiles.provider(wanted, new LinkedHashSet<>());
    }

    private static JsonObject parsed(Path file) {
        try {
            if (JsonParser.parseString(Files.readString(file)) instanceof JsonObject json) {
                return json;
            }
        } catch (NoSuchFileException e) {
            throw new CredentialsException(file + " does not exist");
        } catch (IOException e) {
            throw new CredentialsException(file + " cannot be read");
        } catch (JsonParseException e) {
            // Falls through; the parser's message could quote the file.
        }
        throw new CredentialsException(file + " is no JSON object");
    }

    private CredentialsProvider provider(String name, Set<String> above) {
        if (!above.add(name)) {
            throw new CredentialsException(
                    file + ": the profiles " + String.join(", ", above) + " are sources of each other");
        }
        JsonObject profile = find(name);
        String mode = text(profile, "mode");
        return switch (mode == null ? "" : mode) {
            case "AK" -> CredentialsProvider.of(accessKey(name, profile, null));
            case "StsToken" -> CredentialsProvider.of(accessKey(name, profile, required(name, profile, "sts_token")));
            case "RamRoleArn" ->
                surroundings.ramRole(role(name, profile), CredentialsProvider.of(accessKey(name, profile, null)));
            case "ChainableRamRoleArn" ->
                surroundings.ramRole(role(name, profile), provider(required(name, profile, "source_profile"), above));
            case "EcsRamRole" -> surroundings.ecsRamRole(text(profile, "ram_role_name"));
            case "OIDC" ->
                surroundings.oidc(
                        role(name, profile),
                        required(name, profile, "oidc_provider_arn"),
                        Path.of(required(name, profile, "oidc_token_file")));
            default ->
                throw new CredentialsException(
                        file + ": profile " + name + " has the mode " + mode
                                + ", which is not supported; AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole and OIDC are");
        };
    }

    private JsonObject find(String name) {
        if (config.get("profiles") instanceof JsonArray profiles) {
            for (JsonElement element : profiles) {
                if (element instanceof JsonObject profile && name.equals(text(profile, "name"))) {
                    return profile;
                }
            }
        }
        throw new CredentialsException(file + " has no profile " + name);
    }

    private Credentials accessKey(String name, JsonObject profile, @Nullable String token) {
        return Text.credentials(
                file + ": profile " + name + ": ",
                required(name, profile, "access_key_id"),
                required(name, profile, "access_key_secret"),
                token);
    }

    private RamRole role(String name, JsonObject profile) {
        String session = text(profile, "ram_session_name");
        String seconds = text(profile, "expired_seconds");
        String policy = text(profile, "policy");
        String externalId = text(profile, "external_id");
        String region = text(profile, "sts_region");
        try {
            RamRole.Builder role = RamRole.builder().roleArn(required(name, profile, "ram_role_arn"));
            if (session != null) {
                role.roleSessionName(session);
            }
            // The CLI writes 0 for "not given".
            if (seconds != null && !seconds.equals("0")) {
                role.duration(Duration.ofSeconds(Long.parseLong(seconds)));
            }
            if (policy != null) {
                role.policy(policy);
            }
            if (externalId != null) {
                role.externalId(externalId);
            }
            if (region != null) {
                if ("true".equals(text(profile, "enable_vpc"))) {
                    role.stsVpcRegion(region);
                } else {
                    role.stsRegion(region);
                }
            }
            return role.build();
        } catch (NumberFormatException e) {
            throw new CredentialsException(file + ": profile " + name + " has an expired_seconds that is no number");
        } catch (IllegalArgumentException e) {
            throw new CredentialsException(file + ": profile " + name + ": " + e.getMessage());
        }
    }

    private String required(String name, JsonObject profile, String key) {
        String value = text(profile, key);
        if (value == null) {
            throw new CredentialsException(file + ": profile " + name + " has no " + key);
        }
        return value;
    }

    private static @Nullable String text(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null && element.isJsonPrimitive() ? Text.given(element.getAsString()) : null;
    }
}
