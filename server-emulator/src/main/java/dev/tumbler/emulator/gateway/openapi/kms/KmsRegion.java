package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.secret.Secrets;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the KMS API of one region works on.
 *
 * @param regions all regions of the emulator
 * @param caCertificate what a client of a KMS instance must trust, in PEM; made when it is first asked for
 */
public record KmsRegion(
        String region,
        List<String> regions,
        String accountId,
        Supplier<String> caCertificate,
        Secrets secrets,
        Keys keys,
        KmsInstances kmsInstances) {
    public KmsRegion {
        regions = List.copyOf(regions);
    }
}
