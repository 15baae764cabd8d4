package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where providers look, and the providers that are made of it.
 *
 * @param environment returns an environment variable, null if it is not set
 * @param properties returns a system property, null if it is not set
 * @param home the home directory of the user
 * @param metadata the metadata service of ECS
 */
record Surroundings(
        Function<String, @Nullable String> environment,
        Function<String, @Nullable String> properties,
        Path home,
        URI metadata,
        TimeSource time,
        DoubleSupplier random) {
    static Surroundings system() {
        return new Surroundings(
                System::getenv,
                System::getProperty,
                Path.of(System.getProperty("user.home", "")),
                URI.create("http://100.100.100.200"),
                TimeSource.system(),
                () -> ThreadLocalRandom.current().nextDouble());
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
        return refreshing("ECS RAM role", new MetadataSource(metadata, role, !isSet("ALIBABA_CLOUD_IMDSV1_DISABLED")));
    }

    CredentialsProvider ramRole(RamRole role, CredentialsProvider source) {
        Sts sts = new Sts(role, time);
        return refreshing("RAM role " + role.roleArn(), () -> sts.assumeRole(source.credentials()));
    }

    CredentialsProvider oidc(RamRole role, String oidcProviderArn, Path tokenFile) {
        Sts sts = new Sts(role, time);
        return refreshing("OIDC role " + role.roleArn(), () -> sts.assumeRoleWithOidc(oidcProviderArn, tokenFile));
    }

    CredentialsProvider uri(URI uri) {
        return refreshing("credentials URI", new UriSource(uri));
    }

    private CredentialsProvider refreshing(String name, Session.Source source) {
        return new RefreshingCredentialsProvider(name, source, time, random);
    }
}
