package dev.tumbler.emulator.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that was answered. Immutable.
 *
 * @param time when it was answered, by the emulator's clock
 * @param requestId the {@code RequestId} of the answer
 * @param region the region that was called
 * @param action what was called
 * @param secretName the secret that it named, without the rest of an ARN; null if it named none
 * @param accessKeyId the access key that signed; null if the call was refused before that was known
 * @param status the HTTP status of the answer
 * @param errorCode the error code of the answer; null if it succeeded
 * @param faulty whether a fault rule had its hand in it
 */
public record JournalEntry(
        Instant time,
        String requestId,
        String region,
        KmsAction action,
        @Nullable String secretName,
        @Nullable String accessKeyId,
        int status,
        @Nullable String errorCode,
        boolean faulty) {
    /** Whether the service did what was asked. */
    public boolean succeeded() {
        return errorCode == null;
    }
}
