package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.Pause;
import dev.tumbler.client.internal.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where providers look, and the providers that are made of it.
 *
 * @param environment returns an environment variable, null if it is not set
 * @param properties returns a system property, null if it is not set
 * @param home the home directory of the user
 * @param metadata the metadata service of ECS
 * @param route where an endpoint of STS is found
 */
record Surroundings(
        Function<String, @Nullable String> environment,
        Function<String, @Nullable String> properties,
        Path home,
        URI metadata,
        TimeSource time,
        DoubleSupplier random,
        Pause pause,
        UnaryOperator<URI> route) {
    static Surroundings system() {
        return new Surroundings(
                System::getenv,
                System::getProperty,
                Path.of(System.getProperty("user.home", "")),
                URI.create("http://100.100.100.200"),
                TimeSource.system(),
                () -> ThreadLocalRandom.current().nextDouble(),
                Pause.real(),
                UnaryOperator.identity());
    }

    /** Returns an environment variable that says something. */
    @Nullable
    String variable(String name) {
        return Text.given(environment.apply(name));
    }

    boolean isSet(String variable) {
        return "true".equalsIgnoreCase(variable(variable));
    }

    CredentialsProvider ecsRamRole(@Nullable String roleName) {
        String role = roleName == null ? variable("ALIBABA_CLOUD_ECS_METADATA") : roleName;
        MetadataSource source = new MetadataSource(metadata, role, !isSet("ALIBABA_CLOUD_IMDSV1_DISABLED"));
        // Elsewhere than on ECS there is none, and whoever has named no role should not wait for it three times.
        return refreshing(
                "ECS RAM role", persistent(source, failure -> role != null || !MetadataSource.isNotThere(failure)));
    }

    CredentialsProvider ramRole(RamRole role, CredentialsProvider source) {
        Sts sts = new Sts(role, route.apply(role.stsEndpoint()), time);
        return refreshing("RAM role " + role.roleArn(), () -> {
            Credentials signWith = source.credentials();
            return persistent(() -> sts.assumeRole(signWith), failure -> true).fetch();
        });
    }

    CredentialsProvider oidc(RamRole role, String oidcProviderArn, Path tokenFile) {
        Sts sts = new Sts(role, route.apply(role.stsEndpoint()), time);
        return refreshing(
                "OIDC role " + role.roleArn(),
                persistent(() -> sts.assumeRoleWithOidc(oidcProviderArn, tokenFile), failure -> true));
    }

    CredentialsProvider uri(URI uri) {
        return refreshing("credentials URI", persistent(new UriSource(uri), failure -> true));
    }

    private Session.Source persistent(Session.Source source, Predicate<CredentialsException> repeats) {
        return new PersistentSource(source, repeats, pause, random);
    }

    private CredentialsProvider refreshing(String name, Session.Source source) {
        return new RefreshingCredentialsProvider(name, source, time, random);
    }
}
