package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.http.HttpRequest;
import dev.tumbler.emulator.ram.SignedRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of RPC style. What it is called for stands in the parameters, or, with an {@code ACS3} signature, in the
 * headers: clients send {@code x-acs-action} with the older signature too, so the header alone proves nothing.
 */
final class RpcRequest {
    private final HttpRequest http;
    private final Map<String, String> query;
    private final Map<String, String> form;
    private final Map<String, String> parameters;

    private RpcRequest(HttpRequest http, Map<String, String> query, Map<String, String> form) {
        this.http = http;
        this.query = query;
        this.form = form;
        this.parameters = new LinkedHashMap<>(form);
        // The query wins where a name is in both, as the classic SDK signs it.
        this.parameters.putAll(query);
    }

    /** Decodes query and form. */
    static RpcRequest parse(HttpRequest http) {
        String contentType = http.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        boolean hasForm = contentType.startsWith("application/x-www-form-urlencoded");
        return new RpcRequest(
                http,
                FormEncoding.decode(http.rawQuery()),
                hasForm ? FormEncoding.decode(FormEncoding.ascii(http.body())) : Map.of());
    }

    @Nullable
    String action() {
        return named("Action", "x-acs-action");
    }

    @Nullable
    String version() {
        return named("Version", "x-acs-version");
    }

    /** The {@code Format} asked for, or null. */
    @Nullable
    String format() {
        return parameters.get("Format");
    }

    Parameters parameters() {
        return new Parameters(parameters);
    }

    SignedRequest signed() {
        return new SignedRequest(http.method(), query, form, http.headers(), http.body());
    }

    private @Nullable String named(String parameter, String header) {
        boolean inHeaders = http.headers().getOrDefault("authorization", "").startsWith("ACS3-");
        String value = inHeaders ? http.headers().get(header) : parameters.get(parameter);
        return value == null || value.isEmpty() ? null : value;
    }
}
