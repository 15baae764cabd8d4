package dev.tumbler.client.cache;

import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.InvalidParameterException;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.PendingDeletionException;
import dev.tumbler.client.SecretNotFoundException;

/** That the service refuses to give a secret, remembered for those who ask again at once. */
record Refusal(KmsServiceException kept) {
    /** Returns an exception of the caller's own: the kept one has a stack trace of another thread. */
    KmsServiceException again() {
        String message = kept.getMessage() + " (so the service said a moment ago)";
        if (kept instanceof SecretNotFoundException) {
            return new SecretNotFoundException(message, kept.code(), kept.status(), kept.requestId(), 0);
        }
        if (kept instanceof AccessDeniedException) {
            return new AccessDeniedException(message, kept.code(), kept.status(), kept.requestId(), 0);
        }
        if (kept instanceof InvalidParameterException) {
            return new InvalidParameterException(message, kept.code(), kept.status(), kept.requestId(), 0);
        }
        return kept instanceof PendingDeletionException
                ? new PendingDeletionException(message, kept.code(), kept.status(), kept.requestId(), 0)
                : new KmsServiceException(message, kept.code(), kept.status(), kept.requestId(), 0);
    }
}
