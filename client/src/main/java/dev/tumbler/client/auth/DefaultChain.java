package dev.tumbler.client.auth;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The places of the official default chain, in its order. Source: Credentials for Java, "Default credential chain". */
final class DefaultChain {
    private DefaultChain() {}

    static CredentialsProvider of(Surroundings surroundings) {
        return new ChainCredentialsProvider(List.of(
                new ChainCredentialsProvider.Link(
                        "system properties",
                        () -> VariablesCredentialsProvider.systemProperties(surroundings.properties())),
                new ChainCredentialsProvider.Link(
                        "environment", () -> VariablesCredentialsProvider.environment(surroundings.environment())),
                new ChainCredentialsProvider.Link("OIDC", () -> oidc(surroundings)),
                new ChainCredentialsProvider.Link("CLI profile", () -> cliProfile(surroundings)),
                new ChainCredentialsProvider.Link(
                        "credentials file", () -> CredentialsFile.provider(surroundings, null)),
                new ChainCredentialsProvider.Link(
                        "ECS RAM role",
                        surroundings.variable("ALIBABA_CLOUD_ECS_METADATA") != null,
                        () -> ecsRamRole(surroundings)),
                new ChainCredentialsProvider.Link("credentials URI", () -> uri(surroundings))));
    }

    private static CredentialsProvider oidc(Surroundings surroundings) {
        String roleArn = surroundings.variable("ALIBABA_CLOUD_ROLE_ARN");
        String providerArn = surroundings.variable("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
        String tokenFile = surroundings.variable("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
        if (roleArn == null || providerArn == null || tokenFile == null) {
            throw new CredentialsException("set ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and"
                    + " ALIBABA_CLOUD_OIDC_TOKEN_FILE in the environment");
        }
        RamRole.Builder role = RamRole.builder().roleArn(roleArn);
        String session = surroundings.variable("ALIBABA_CLOUD_ROLE_SESSION_NAME");
        String region = surroundings.variable("ALIBABA_CLOUD_STS_REGION");
        try {
            if (session != null) {
                role.roleSessionName(session);
            }
            if (region != null) {
                if (surroundings.isSet("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")) {
                    role.stsVpcRegion(region);
                } else {
                    role.stsRegion(region);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new CredentialsException(e.getMessage() == null ? "no role" : e.getMessage());
        }
        return surroundings.oidc(role.build(), providerArn, Path.of(tokenFile));
    }

    private static CredentialsProvider cliProfile(Surroundings surroundings) {
        if (surroundings.isSet("ALIBABA_CLOUD_CLI_PROFILE_DISABLED")) {
            throw new CredentialsException("off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED");
        }
        return CliProfile.provider(surroundings, null);
    }

    private static CredentialsProvider ecsRamRole(Surroundings surroundings) {
        if (surroundings.isSet("ALIBABA_CLOUD_ECS_METADATA_DISABLED")) {
            throw new CredentialsException("off by ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        }
        return surroundings.ecsRamRole(null);
    }

    private static CredentialsProvider uri(Surroundings surroundings) {
        String uri = surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_URI");
        if (uri == null) {
            throw new CredentialsException("set ALIBABA_CLOUD_CREDENTIALS_URI in the environment");
        }
        try {
            return surroundings.uri(URI.create(uri));
        } catch (IllegalArgumentException e) {
            // The message of the first kind would hold the URI, and that perhaps a token.
            throw new CredentialsException("ALIBABA_CLOUD_CREDENTIALS_URI is not like http://host/path");
        }
    }
}
