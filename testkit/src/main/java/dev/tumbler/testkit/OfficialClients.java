package dev.tumbler.testkit;

import dev.tumbler.emulator.ram.AccessKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * Official clients of an emulator, for users who have them. Each is made by a class of its own, which is loaded only when
 * it is asked for.
 */
final class OfficialClients {
    private static final String V2 = "com.aliyun.kms20160120.Client";
    private static final String CLASSIC = "com.aliyuncs.IAcsClient";
    private static final String CLASSIC_DEFAULT = "com.aliyuncs.DefaultAcsClient";

    private OfficialClients() {}

    static boolean supports(Class<?> type) {
        return switch (type.getName()) {
            case V2, CLASSIC, CLASSIC_DEFAULT -> true;
            default -> false;
        };
    }

    static Object create(Class<?> type, KmsTestbed testbed) {
        try {
            return type.getName().equals(V2) ? V2Client.of(testbed) : ClassicClient.of(testbed);
        } catch (Exception e) {
            throw new ParameterResolutionException("The official client " + type.getName() + " cannot be made", e);
        }
    }

    /** {@code com.aliyun:kms20160120}. */
    private static final class V2Client {
        static Object of(KmsTestbed testbed) throws Exception {
            AccessKey key = testbed.accessKey();
            return new com.aliyun.kms20160120.Client(new com.aliyun.teaopenapi.models.Config()
                    .setEndpoint(testbed.emulator().hostAndPort())
                    .setRegionId(testbed.emulator().region())
                    .setProtocol("HTTP")
                    .setAccessKeyId(key.id())
                    .setAccessKeySecret(key.secret()));
        }
    }

    /** {@code com.aliyun:aliyun-java-sdk-core}. Its requests for KMS insist on TLS. */
    private static final class ClassicClient {
        static Object of(KmsTestbed testbed) throws Exception {
            AccessKey key = testbed.accessKey();
            com.aliyuncs.profile.DefaultProfile profile = com.aliyuncs.profile.DefaultProfile.getProfile(
                    testbed.emulator().region(), key.id(), key.secret());
            com.aliyuncs.http.HttpClientConfig http = com.aliyuncs.http.HttpClientConfig.getDefault();
            // The other types share one HTTP client in a JVM, which trusts whom the first one trusted.
            http.setClientType(com.aliyuncs.http.HttpClientType.Compatible);
            http.setX509TrustManagers(trustIn(testbed.emulator().caCertificate()));
            profile.setHttpClientConfig(http);
            com.aliyuncs.DefaultAcsClient client = new com.aliyuncs.DefaultAcsClient(profile);
            client.setEndpointResolver(request -> testbed.emulator().hostAndPort());
            testbed.keep(client::shutdown);
            return client;
        }

        private static X509TrustManager[] trustIn(String caCertificate) throws Exception {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "emulator",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(caCertificate.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return Arrays.stream(factory.getTrustManagers())
                    .map(X509TrustManager.class::cast)
                    .toArray(X509TrustManager[]::new);
        }
    }
}
