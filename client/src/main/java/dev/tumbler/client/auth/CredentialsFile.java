package dev.tumbler.client.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ~/.alibabacloud/credentials.ini}, or the file of {@code ALIBABA_CLOUD_CREDENTIALS_FILE}: sections of
 * {@code key = value} lines. Source: Credentials for Java, "Configuration file".
 */
final class CredentialsFile {
    private final Path file;
    private final String section;
    private final Map<String, String> values;

    private CredentialsFile(Path file, String section, Map<String, String> values) {
        this.file = file;
        this.section = section;
        this.values = values;
    }

    /** Returns the provider of a section; null for the one of {@code ALIBABA_CLOUD_PROFILE}, or {@code default}. */
    static CredentialsProvider provider(Surroundings surroundings, @Nullable String name) {
        String path = surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_FILE");
        Path file =
                path == null ? surroundings.home().resolve(".alibabacloud").resolve("credentials.ini") : Path.of(path);
        String wanted = name == null ? surroundings.variable("ALIBABA_CLOUD_PROFILE") : name;
        String section = wanted == null ? "default" : wanted;
        Map<String, String> values = sections(file).get(section);
        if (values == null) {
            throw new CredentialsException(file + " has no section [" + section + "]");
        }
        return new CredentialsFile(file, section, values).provider(surroundings);
    }

    private static Map<String, Map<String, String>> sections(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new CredentialsException(file + " does not exist");
        } catch (IOException e) {
            throw new CredentialsException(file + " cannot be read");
        }
        Map<String, Map<String, String>> sections = new HashMap<>();
        Map<String, String> current = new HashMap<>();
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                current = sections.computeIfAbsent(
                        text.substring(1, text.length() - 1).strip(), absent -> new HashMap<>());
            } else if (!text.startsWith("#") && !text.startsWith(";") && text.indexOf('=') > 0) {
                int equals = text.indexOf('=');
                current.put(
                        text.substring(0, equals).strip(),
                        withoutComment(text.substring(equals + 1)).strip());
            }
        }
        return sections;
    }

    /** Cuts off what stands behind a blank and {@code #}; a secret itself may hold that sign. */
    private static String withoutComment(String value) {
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment);
    }

    private CredentialsProvider provider(Surroundings surroundings) {
        if (!"true".equalsIgnoreCase(values.get("enable"))) {
            throw new CredentialsException(file + ": section [" + section + "] has no enable=true");
        }
        String type = Text.given(values.get("type"));
        return switch (type == null ? "" : type) {
            case "access_key" -> CredentialsProvider.of(accessKey());
            case "ram_role_arn" -> surroundings.ramRole(role(), CredentialsProvider.of(accessKey()));
            case "ecs_ram_role" -> surroundings.ecsRamRole(required("role_name"));
            case "oidc_role_arn" ->
                surroundings.oidc(role(), required("oidc_provider_arn"), Path.of(required("oidc_token_file_path")));
            case "" -> throw new CredentialsException(file + ": section [" + section + "] has no type");
            default ->
                throw new CredentialsException(file + ": section [" + section + "] has the type " + type
                        + ", which is not supported; access_key, ram_role_arn, ecs_ram_role and oidc_role_arn are");
        };
    }

    private Credentials accessKey() {
        return Text.credentials(
                file + ": section [" + section + "]: ", required("access_key_id"), required("access_key_secret"), null);
    }

    private RamRole role() {
        RamRole.Builder role = RamRole.builder().roleArn(required("role_arn"));
        String session = Text.given(values.get("role_session_name"));
        String policy = Text.given(values.get("policy"));
        try {
            if (session != null) {
                role.roleSessionName(session);
            }
            if (policy != null) {
                role.policy(policy);
            }
            return role.build();
        } catch (IllegalArgumentException e) {
            throw new CredentialsException(file + ": section [" + section + "]: " + e.getMessage());
        }
    }

    private String required(String key) {
        String value = Text.given(values.get(key));
        if (value == null) {
            throw new CredentialsException(file + ": section [" + section + "] has no " + key);
        }
        return value;
    }
}
