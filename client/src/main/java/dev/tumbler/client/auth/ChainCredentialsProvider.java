package dev.tumbler.client.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks several providers in order, and stays with the first that has credentials. A configured one that is away for the
 * moment ends the search: with a later one the program would go on as somebody else.
 */
final class ChainCredentialsProvider implements CredentialsProvider {
    private final List<Link> links;
    private final SingleFlight<CredentialsProvider> choice = new SingleFlight<>(this::choose);
    private volatile @Nullable CredentialsProvider chosen;

    /** What has been found so far, by link; only the flight uses it. */
    private final Map<String, CredentialsProvider> made = new ConcurrentHashMap<>();

    ChainCredentialsProvider(List<Link> links) {
        this.links = List.copyOf(links);
    }

    @Override
    public Credentials credentials() {
        CredentialsProvider provider = chosen;
        return (provider == null ? choice.join() : provider).credentials();
    }

    @Override
    public Optional<Credentials> atHand() {
        CredentialsProvider provider = chosen;
        return provider == null ? Optional.empty() : provider.atHand();
    }

    @Override
    public void invalidate(Credentials refused) {
        CredentialsProvider provider = chosen;
        if (provider != null) {
            provider.invalidate(refused);
        }
    }

    private CredentialsProvider choose() {
        CredentialsProvider already = chosen;
        if (already != null) {
            return already;
        }
        boolean temporary = false;
        StringBuilder tried = new StringBuilder("No credentials. Tried:");
        for (Link link : links) {
            try {
                CredentialsProvider provider = made.get(link.name());
                if (provider == null) {
                    provider = link.provider().get();
                    made.put(link.name(), provider);
                }
                Credentials unused = provider.credentials();
                chosen = provider;
                return provider;
            } catch (CredentialsException | IllegalArgumentException e) {
                tried.append("\n  ").append(link.name()).append(": ").append(e.getMessage());
                if (e instanceof CredentialsException failure && failure.isTemporary()) {
                    temporary = true;
                    if (link.configured()) {
                        break;
                    }
                }
            }
        }
        throw new CredentialsException(tried.toString(), temporary, null);
    }

    @Override
    public String toString() {
        return "ChainCredentialsProvider" + links.stream().map(Link::name).toList();
    }

    /**
     * One place to look.
     *
     * @param configured whether somebody has said that it is to be used, if it can be made at all
     * @param provider makes the provider, or throws {@link CredentialsException} if there is nothing to make it of
     */
    record Link(String name, boolean configured, Supplier<CredentialsProvider> provider) {
        Link(String name, Supplier<CredentialsProvider> provider) {
            this(name, true, provider);
        }
    }
}
