package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Admission;
import dev.tumbler.emulator.gateway.openapi.Call;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many calls the account has in a second of real time; those beyond are answered {@code Rejected.Throttling}.
 * Thread-safe.
 *
 * <p>Source: KMS, "Performance data" and "Performance quotas": the numbers of the shared gateway, for an account and a
 * region. Which action counts where is <em>assumed</em> beyond the groups' names, as is that a second begins with the
 * clock's.
 */
public final class KmsQuotas implements Admission {
    private final InstantSource clock;
    private final Map<Group, Long> used = new EnumMap<>(Group.class);
    private long second;

    /** @param clock the real time, which clients wait by; not the emulator's virtual one */
    public KmsQuotas(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void admit(String action, Call call) {
        Group group = Group.of(action);
        if (take(group) > group.perSecond) {
            throw KmsError.throttled();
        }
    }

    private synchronized long take(Group group) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            used.clear();
        }
        return used.merge(group, 1L, Long::sum);
    }

    /** Actions that share a quota. */
    private enum Group {
        LIFE_OF_SECRETS(10),
        SECRET_READS(450),
        TAG_LISTS(300),
        KEY_AND_TAG_READS(50),
        KEY_AND_TAG_WRITES(30),
        CRYPTOGRAPHY(450),
        OTHERS(40);

        private final long perSecond;

        Group(long perSecond) {
            this.perSecond = perSecond;
        }

        static Group of(String action) {
            return switch (action) {
                case "CreateSecret", "DeleteSecret", "RestoreSecret" -> LIFE_OF_SECRETS;
                case "GetSecretValue", "DescribeSecret" -> SECRET_READS;
                case "ListResourceTags" -> TAG_LISTS;
                case "ListTagResources", "DescribeKey", "ListKeys" -> KEY_AND_TAG_READS;
                case "TagResource",
                        "UntagResource",
                        "TagResources",
                        "UntagResources",
                        "CreateKey",
                        "EnableKey",
                        "DisableKey",
                        "ScheduleKeyDeletion",
                        "CancelKeyDeletion" -> KEY_AND_TAG_WRITES;
                case "Encrypt", "Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext" -> CRYPTOGRAPHY;
                default -> OTHERS;
            };
        }
    }
}
