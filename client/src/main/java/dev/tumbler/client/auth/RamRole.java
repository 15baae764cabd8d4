package dev.tumbler.client.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A RAM role, and how STS is asked to let somebody assume it. Immutable. */
public final class RamRole {
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");

    private final String roleArn;
    private final String roleSessionName;
    private final Duration duration;
    private final @Nullable String policy;
    private final @Nullable String externalId;
    private final URI stsEndpoint;

    private RamRole(Builder builder, String roleArn) {
        this.roleArn = roleArn;
        this.roleSessionName = builder.roleSessionName;
        this.duration = builder.duration;
        this.policy = builder.policy;
        this.externalId = builder.externalId;
        this.stsEndpoint = builder.stsEndpoint;
    }

    /** Returns a role with this ARN, like {@code acs:ram::123456:role/app}, and the defaults of the builder. */
    public static RamRole of(String roleArn) {
        return builder().roleArn(roleArn).build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the ARN of the role. */
    public String roleArn() {
        return roleArn;
    }

    /** Returns the name of the sessions, which audit logs show. */
    public String roleSessionName() {
        return roleSessionName;
    }

    /** Returns how long credentials of the role live. */
    public Duration duration() {
        return duration;
    }

    /** Returns the policy that narrows the permissions of the role, if given. */
    public Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    /** Returns the external id, if given. */
    public Optional<String> externalId() {
        return Optional.ofNullable(externalId);
    }

    /** Returns where STS is asked. */
    public URI stsEndpoint() {
        return stsEndpoint;
    }

    /** Returns whether the other object is the same role, assumed in the same way. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RamRole that
                && roleArn.equals(that.roleArn)
                && roleSessionName.equals(that.roleSessionName)
                && duration.equals(that.duration)
                && Objects.equals(policy, that.policy)
                && Objects.equals(externalId, that.externalId)
                && stsEndpoint.equals(that.stsEndpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(roleArn, roleSessionName, duration, policy, externalId, stsEndpoint);
    }

    @Override
    public String toString() {
        return "RamRole[" + roleArn + "]";
    }

    /** Collects the values of a {@link RamRole}; not thread-safe. */
    public static final class Builder {
        private @Nullable String roleArn;
        private String roleSessionName = "tumbler";
        private Duration duration = Duration.ofHours(1);
        private @Nullable String policy;
        private @Nullable String externalId;
        private URI stsEndpoint = URI.create("https://sts.aliyuncs.com");

        private Builder() {}

        /** The ARN of the role, like {@code acs:ram::123456:role/app}. */
        public Builder roleArn(String roleArn) {
            this.roleArn = roleArn;
            return this;
        }

        /**
         * The name of the sessions, which audit logs show; default {@code tumbler}.
         *
         * @throws IllegalArgumentException unless it has 2 to 64 letters, digits or {@code .@_-}. Source: STS API reference,
         *     AssumeRole, RoleSessionName
         */
        public Builder roleSessionName(String roleSessionName) {
            if (!SESSION_NAME.matcher(roleSessionName).matches()) {
                throw new IllegalArgumentException(
                        "roleSessionName must have 2 to 64 characters of A-Za-z0-9.@_-, not \"" + roleSessionName
                                + "\"");
            }
            this.roleSessionName = roleSessionName;
            return this;
        }

        /**
         * How long credentials of the role live; default 1 hour, in whole seconds, at most what the role allows.
         *
         * @throws IllegalArgumentException if it is less than 15 minutes. Source: STS API reference, AssumeRole,
         *     DurationSeconds
         */
        public Builder duration(Duration duration) {
            if (duration.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("duration must be at least 15 minutes, not " + duration);
            }
            this.duration = duration;
            return this;
        }

        /** A policy that narrows the permissions of the role, a JSON object. */
        public Builder policy(String policy) {
            this.policy = policy;
            return this;
        }

        /** The external id that a role of another account asks for; not used with OIDC. */
        public Builder externalId(String externalId) {
            this.externalId = externalId;
            return this;
        }

        /** Where STS is asked; default {@code https://sts.aliyuncs.com}. */
        public Builder stsEndpoint(URI stsEndpoint) {
            this.stsEndpoint = stsEndpoint;
            return this;
        }

        /** Asks STS in this region, {@code https://sts.<region>.aliyuncs.com}. */
        public Builder stsRegion(String region) {
            return stsEndpoint(URI.create("https://sts." + region + ".aliyuncs.com"));
        }

        /** Asks STS in this region from inside a VPC, {@code https://sts-vpc.<region>.aliyuncs.com}. */
        public Builder stsVpcRegion(String region) {
            return stsEndpoint(URI.create("https://sts-vpc." + region + ".aliyuncs.com"));
        }

        /**
         * Builds the role.
         *
         * @throws IllegalStateException if the ARN is missing
         */
        public RamRole build() {
            if (roleArn == null || roleArn.isBlank()) {
                throw new IllegalStateException("RamRole needs roleArn");
            }
            return new RamRole(this, roleArn);
        }
    }
}
