package dev.tumbler.samples.benchmarks;

import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.service.DefaultSecretManagerClientBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Reads of a secret that is in memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadSecret {
    private static final String NAME = "mail/smtp";
    private static final String VALUE = "a password";

    /** A field that another thread may change. */
    @State(Scope.Benchmark)
    public static class Field {
        volatile String value = VALUE;
    }

    /** Our cache. */
    @State(Scope.Benchmark)
    public static class Tumbler {
        private final KmsEmulator kms = KmsEmulator.start();
        private final SecretsClient client = client(kms, kms.createAccessKey());
        final SecretCache cache = SecretCache.builder(client).build();
        final CachedSecret<String> secret = cache.text(NAME);

        /** Reads it once. */
        @Setup
        public void load() {
            client.createSecret(
                    request -> request.secretName(NAME).versionId("v1").secretData(VALUE));
            cache.preload(secret).orThrow();
        }

        /** Ends all threads. */
        @TearDown
        public void close() {
            cache.close();
            client.close();
            kms.close();
        }
    }

    /** What most caches are made of. */
    @State(Scope.Benchmark)
    public static class BareCaffeine {
        final Cache<String, String> cache =
                Caffeine.newBuilder().maximumSize(1000).build();

        /** Fills it. */
        @Setup
        public void load() {
            cache.put(NAME, VALUE);
        }
    }

    /** The official client. It leaves a thread that cannot be stopped; JMH ends it with its process. */
    @State(Scope.Benchmark)
    public static class Official {
        private final KmsEmulator kms = KmsEmulator.start();
        final SecretCacheClient client = connect(kms, kms.createAccessKey());

        private static SecretCacheClient connect(KmsEmulator kms, AccessKey key) {
            try (SecretsClient writer = client(kms, key)) {
                writer.createSecret(
                        request -> request.secretName(NAME).versionId("v1").secretData(VALUE));
            }
            try {
                return SecretCacheClientBuilder.newCacheClientBuilder(DefaultSecretManagerClientBuilder.standard()
                                .withAccessKey(key.id(), key.secret())
                                .addRegion(new RegionInfo(KmsEmulator.DEFAULT_REGION, kms.hostAndPort()))
                                .build())
                        .build();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Ends what can be ended. */
        @TearDown
        public void close() throws Exception {
            client.close();
            kms.close();
        }
    }

    /** AWS's cache, in front of a service that always says the same. */
    @State(Scope.Benchmark)
    public static class Aws {
        final com.amazonaws.secretsmanager.caching.SecretCache cache =
                new com.amazonaws.secretsmanager.caching.SecretCache(new ConstantService());

        /** Ends its threads. */
        @TearDown
        public void close() {
            cache.close();
        }
    }

    private static final class ConstantService implements SecretsManagerClient {
        @Override
        public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
            return DescribeSecretResponse.builder()
                    .name(NAME)
                    .versionIdsToStages(Map.of("v1", List.of("AWSCURRENT")))
                    .build();
        }

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder()
                    .name(NAME)
                    .versionId("v1")
                    .secretString(VALUE)
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static SecretsClient client(KmsEmulator kms, AccessKey key) {
        return SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .build();
    }

    /** The least that is possible. */
    @Benchmark
    public String volatileRead(Field field) {
        return field.value;
    }

    /** A handle that was kept. */
    @Benchmark
    public String cachedSecret(Tumbler tumbler) {
        return tumbler.secret.get();
    }

    /** The same with the lookup by name. */
    @Benchmark
    public String cachedSecretByName(Tumbler tumbler) {
        return tumbler.cache.text(NAME).get();
    }

    /** A cache that refreshes nothing. */
    @Benchmark
    public Object caffeine(BareCaffeine caffeine) {
        return caffeine.cache.getIfPresent(NAME);
    }

    /** Alibaba Cloud's Secret Client. */
    @Benchmark
    public String officialSecretClient(Official official) throws Exception {
        return official.client.getSecretInfo(NAME).getSecretValue();
    }

    /** AWS's caching client. */
    @Benchmark
    public String awsCache(Aws aws) {
        return aws.cache.getSecretString(NAME);
    }
}
