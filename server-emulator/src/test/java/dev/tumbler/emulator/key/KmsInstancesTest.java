package dev.tumbler.emulator.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tumbler.emulator.time.VirtualClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmsInstancesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final KmsInstances instances =
            new KmsInstances(VirtualClock.frozenAt(START), List.of("cn-hangzhou", "cn-shanghai"));

    @Test
    void add_region_isTheFirstUnlessGiven() {
        KmsInstance second = instances.add("kst-2");
        KmsInstance first = instances.add("kst-1", "cn-hangzhou");
        KmsInstance other = instances.add("kst-3", "cn-shanghai");

        assertThat(second).isEqualTo(new KmsInstance("kst-2", "cn-hangzhou", START, KmsInstance.Quota.DEFAULT));
        assertThat(instances.in("cn-hangzhou")).containsExactly(first, second);
        assertThat(instances.in("cn-shanghai")).containsExactly(other);
        assertThat(instances.find("kst-3")).contains(other);
        assertThat(instances.find("kst-4")).isEmpty();
    }

    @Test
    void add_takenId_isRefusedInAnyRegion() {
        instances.add("kst-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instances.add("kst-1", "cn-shanghai"))
                .withMessageContaining("kst-1");
        assertThat(instances.in("cn-shanghai")).isEmpty();
    }

    @Test
    void add_unknownRegion_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instances.add("kst-1", "cn-beijing"))
                .withMessageContaining("cn-hangzhou, cn-shanghai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kst-", "1", "kst_1", "kst-A", "kst-a.b", "kst-a b"})
    void add_badId_isRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> instances.add(id)).withMessageContaining("kst-");
    }
}
