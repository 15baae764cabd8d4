package dev.tumbler.client.jdbc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.RamRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the official Secret JDBC Client is told by its file {@code secretsmanager.properties}, in the working directory or
 * on the classpath, and by environment variables of the same names, which win. Source: Secret Client, README_config and
 * README_environment.
 *
 * @param lookup the value of a name, or null
 */
record OfficialSettings(Function<String, @Nullable String> lookup) {
    private static final String FILE = "secretsmanager.properties";
    private static final String REGIONS = "cache_client_region_id";
    private static final String DEDICATED = "cache_client_dkms_config_info";
    private static final String CREDENTIALS_TYPE = "credentials_type";

    /** Reads the file, if there is one. */
    static OfficialSettings find(Path directory, Function<String, @Nullable String> environment) throws SQLException {
        Properties file = new Properties();
        Path path = directory.resolve(FILE);
        try (InputStream in = Files.exists(path)
                ? Files.newInputStream(path)
                : OfficialSettings.class.getClassLoader().getResourceAsStream(FILE)) {
            if (in != null) {
                file.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Without the cause: the message of a malformed line can quote it.
            throw new SQLException("The file " + FILE + " cannot be read", SqlStates.CONNECTION_FAILED);
        }
        return new OfficialSettings(name -> {
            String value = environment.apply(name);
            return value == null || value.isBlank() ? file.getProperty(name) : value;
        });
    }

    /** Returns the regions, the preferred one first; empty if there are none. */
    List<KmsPlace> places() throws SQLException {
        String regions = lookup.apply(REGIONS);
        if (regions == null) {
            if (lookup.apply(DEDICATED) != null) {
                throw new SQLException(
                        DEDICATED + " is not supported: the gateway of a KMS instance answers the API of " + REGIONS
                                + " too. Set tumbler.instance and tumbler.caCertificate",
                        SqlStates.CONNECTION_FAILED);
            }
            return List.of();
        }
        List<KmsPlace> places = new ArrayList<>();
        try {
            if (JsonParser.parseString(regions) instanceof JsonArray array) {
                for (JsonElement element : array) {
                    if (!(element instanceof JsonObject object) || text(object, "regionId") == null) {
                        throw malformedRegions();
                    }
                    places.add(place(object));
                }
            }
        } catch (JsonParseException e) {
            throw malformedRegions();
        }
        if (places.isEmpty()) {
            throw malformedRegions();
        }
        return places;
    }

    private static KmsPlace place(JsonObject object) {
        String region = text(object, "regionId");
        String endpoint = text(object, "endpoint");
        return new KmsPlace(
                region,
                endpoint == null ? null : "https://" + endpoint,
                endpoint == null && "true".equals(text(object, "vpc")),
                null,
                text(object, "caFilePath"));
    }

    private static @Nullable String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value == null || !value.isJsonPrimitive() || value.getAsString().isBlank() ? null : value.getAsString();
    }

    private static SQLException malformedRegions() {
        return new SQLException(
                REGIONS + " must be like [{\"regionId\":\"cn-hangzhou\"}]", SqlStates.CONNECTION_FAILED);
    }

    /** Returns as whom to read; the default chain unless something is said. */
    KmsIdentity identity() throws SQLException {
        String type = lookup.apply(CREDENTIALS_TYPE);
        if (type == null) {
            return new KmsIdentity.DefaultChain();
        }
        try {
            return identity(type);
        } catch (IllegalArgumentException e) {
            throw new SQLException("credentials_type " + type + ": " + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }

    private KmsIdentity identity(String type) throws SQLException {
        return switch (type) {
            case "ak" -> accessKey();
            case "token" ->
                new KmsIdentity.AccessKey(
                        Credentials.of(required("credentials_access_token_id"), required("credentials_access_token")));
            case "sts", "ram_role" -> new KmsIdentity.AssumedRole(role(), accessKey());
            case "client_key" ->
                new KmsIdentity.ClientKeyFile(Path.of(required("client_key_private_key_path")), clientKeyPassword());
            case "ecs_ram_role" -> new KmsIdentity.EcsRole(lookup.apply("credentials_role_name"));
            case "oidc_role_arn" ->
                new KmsIdentity.OidcRole(
                        role(),
                        required("credentials_oidc_provider_arn"),
                        Path.of(required("credentials_oidc_token_file_path")));
            default ->
                throw new SQLException(
                        CREDENTIALS_TYPE
                                + " must be ak, token, sts, ram_role, ecs_ram_role, oidc_role_arn or client_key, not "
                                + ""
                                + type + ". Without it the default credential chain is used",
                        SqlStates.CONNECTION_FAILED);
        };
    }

    private KmsIdentity.AccessKey accessKey() throws SQLException {
        return new KmsIdentity.AccessKey(
                Credentials.of(required("credentials_access_key_id"), required("credentials_access_secret")));
    }

    private String clientKeyPassword() throws SQLException {
        String variable = lookup.apply("client_key_password_from_env_variable");
        if (variable != null && !variable.isBlank()) {
            return required(variable);
        }
        String file = lookup.apply("client_key_password_from_file_path");
        if (file == null || file.isBlank()) {
            return required("client_key_password");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new SQLException("client_key_password_from_file_path cannot be read", SqlStates.CONNECTION_FAILED, e);
        }
    }

    private RamRole role() throws SQLException {
        RamRole.Builder role = RamRole.builder().roleArn(required("credentials_role_arn"));
        try {
            take("credentials_role_session_name", role::roleSessionName);
            take("credentials_policy", role::policy);
            take("credentials_duration_seconds", seconds -> role.duration(Duration.ofSeconds(Long.parseLong(seconds))));
            take("credentials_sts_region_id", role::stsRegion);
            take("credentials_sts_endpoint", endpoint -> role.stsEndpoint(URI.create("https://" + endpoint)));
        } catch (IllegalArgumentException e) {
            throw new SQLException(
                    "The role of " + FILE + " is wrong: " + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
        return role.build();
    }

    private void take(String name, Consumer<String> setting) {
        String value = lookup.apply(name);
        if (value != null && !value.isBlank()) {
            setting.accept(value);
        }
    }

    private String required(String name) throws SQLException {
        String value = lookup.apply(name);
        if (value == null || value.isBlank()) {
            throw new SQLException(
                    CREDENTIALS_TYPE + " " + lookup.apply(CREDENTIALS_TYPE) + " needs " + name,
                    SqlStates.CONNECTION_FAILED);
        }
        return value;
    }
}
