package dev.tumbler.emulator.conformance;

import java.util.Map;

/** A refusal of the service, as an SDK shows it. */
final class ServiceError extends RuntimeException {
    private final String code;
    private final int leastStatus;
    private final int mostStatus;
    private final String requestId;
    private final Map<String, ?> accessDeniedDetail;

    /** The classic SDK shows of the status only whether it is below 500; hence two bounds, both included. */
    ServiceError(
            String code,
            int leastStatus,
            int mostStatus,
            String message,
            String requestId,
            Map<String, ?> accessDeniedDetail,
            Throwable cause) {
        super(message, cause);
        this.code = code;
        this.leastStatus = leastStatus;
        this.mostStatus = mostStatus;
        this.requestId = requestId;
        this.accessDeniedDetail = accessDeniedDetail == null ? Map.of() : Map.copyOf(accessDeniedDetail);
    }

    String code() {
        return code;
    }

    boolean mayHaveStatus(int status) {
        return leastStatus <= status && status <= mostStatus;
    }

    String requestId() {
        return requestId;
    }

    /** Empty if the service gave none. */
    Map<String, ?> accessDeniedDetail() {
        return accessDeniedDetail;
    }
}
