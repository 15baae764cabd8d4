package dev.tumbler.client.jdbc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tumbler.client.auth.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
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

    /** Returns the first region, or null. */
    @Nullable
    String region() throws SQLException {
        return field("regionId");
    }

    /** Returns the first region's endpoint as a URI, or null if it follows from the region. */
    @Nullable
    String endpoint() throws SQLException {
        String endpoint = field("endpoint");
        if (endpoint != null) {
            return "https://" + endpoint;
        }
        return "true".equals(field("vpc")) ? "https://kms-vpc." + region() + ".aliyuncs.com" : null;
    }

    private @Nullable String field(String name) throws SQLException {
        String regions = lookup.apply(REGIONS);
        if (regions == null) {
            return null;
        }
        try {
            if (JsonParser.parseString(regions) instanceof JsonArray array
                    && !array.isEmpty()
                    && array.get(0) instanceof JsonObject first) {
                JsonElement value = first.get(name);
                return value == null
                                || !value.isJsonPrimitive()
                                || value.getAsString().isBlank()
                        ? null
                        : value.getAsString();
            }
        } catch (JsonParseException e) {
            // Said below.
        }
        throw new SQLException(REGIONS + " must be like [{\"regionId\":\"cn-hangzhou\"}]", SqlStates.CONNECTION_FAILED);
    }

    /** Returns the access key, or null for the client's own way to find credentials. */
    @Nullable
    Credentials credentials() throws SQLException {
        String type = lookup.apply(CREDENTIALS_TYPE);
        if (type == null || type.equals("ecs_ram_role")) {
            return null;
        }
        String id = lookup.apply("credentials_access_key_id");
        String secret = lookup.apply("credentials_access_secret");
        if (!type.equals("ak") || id == null || secret == null) {
            throw new SQLException(
                    CREDENTIALS_TYPE + " must be ak, with credentials_access_key_id and credentials_access_secret, or "
                            + "ecs_ram_role. For others leave it out and set the ALIBABA_CLOUD_ variables",
                    SqlStates.CONNECTION_FAILED);
        }
        return Credentials.of(id, secret);
    }
}
