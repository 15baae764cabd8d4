package dev.tumbler.emulator.conformance;

import dev.tumbler.emulator.ram.AccessKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The real service, if the suite is to run against it: {@code -Dtumbler.conformance.endpoint=kms.cn-hangzhou.aliyuncs.com},
 * with the access key in the environment. See CONTRIBUTING.md.
 */
record RealService(String endpoint, String protocol, String region, AccessKey key, Map<String, String> placement) {
    static Optional<RealService> fromProperties() {
        String endpoint = System.getProperty("tumbler.conformance.endpoint");
        if (endpoint == null || endpoint.isEmpty()) {
            return Optional.empty();
        }
        String id = System.getenv("TUMBLER_CONFORMANCE_ACCESS_KEY_ID");
        String secret = System.getenv("TUMBLER_CONFORMANCE_ACCESS_KEY_SECRET");
        if (id == null || secret == null) {
            throw new IllegalStateException(
                    "tumbler.conformance.endpoint needs TUMBLER_CONFORMANCE_ACCESS_KEY_ID and _SECRET in the environment");
        }
        Map<String, String> placement = new LinkedHashMap<>();
        put(placement, "DKMSInstanceId", "tumbler.conformance.dkmsInstanceId");
        put(placement, "EncryptionKeyId", "tumbler.conformance.encryptionKeyId");
        return Optional.of(new RealService(
                endpoint,
                System.getProperty("tumbler.conformance.protocol", "HTTPS").toUpperCase(Locale.ROOT),
                System.getProperty("tumbler.conformance.region", "cn-hangzhou"),
                new AccessKey(id, secret),
                Map.copyOf(placement)));
    }

    Kms connect(OfficialSdk sdk) {
        String suffix = "-tumbler-" + UUID.randomUUID().toString().substring(0, 8);
        return new Kms(sdk.connect(protocol, endpoint, region, key), suffix, placement);
    }

    private static void put(Map<String, String> placement, String parameter, String property) {
        String value = System.getProperty(property);
        if (value != null && !value.isEmpty()) {
            placement.put(parameter, value);
        }
    }
}
