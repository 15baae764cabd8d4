package dev.tumbler.client.auth;

import dev.tumbler.client.internal.http.PlainHttp;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Asks a credentials URI. The URI can hold a token, so that messages tell its host only. */
final class UriSource implements Session.Source {
    private final URI uri;
    private final PlainHttp http = PlainHttp.ofNetwork();

    UriSource(URI uri) {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("A credentials URI must be like http://host/path");
        }
        this.uri = uri;
    }

    @Override
    public Session fetch() {
        String who = "the credentials URI at " + uri.getHost();
        try {
            return SessionJson.flat(who, http.get(uri, Map.of()));
        } catch (IOException e) {
            throw new CredentialsException(who + " does not answer (" + e.getMessage() + ")", true, e);
        }
    }
}
