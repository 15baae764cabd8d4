package dev.tumbler.client.auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks several providers in order, and stays with the first that has credentials. */
final class ChainCredentialsProvider implements CredentialsProvider {
    private final List<Link> links;
    private final SingleFlight<CredentialsProvider> choice = new SingleFlight<>(this::choose);
    private volatile @Nullable CredentialsProvider chosen;

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

    private CredentialsProvider choose() {
        CredentialsProvider already = chosen;
        if (already != null) {
            return already;
        }
        boolean temporary = false;
        StringBuilder tried = new StringBuilder("No credentials. Tried:");
        for (Link link : links) {
            try {
                CredentialsProvider provider = link.provider().get();
                Credentials unused = provider.credentials();
                chosen = provider;
                return provider;
            } catch (CredentialsException | IllegalArgumentException e) {
                temporary |= e instanceof CredentialsException failure && failure.isTemporary();
                tried.append("\n  ").append(link.name()).append(": ").append(e.getMessage());
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
     * @param provider makes the provider, or throws {@link CredentialsException} if there is nothing to make it of
     */
    record Link(String name, Supplier<CredentialsProvider> provider) {}
}
