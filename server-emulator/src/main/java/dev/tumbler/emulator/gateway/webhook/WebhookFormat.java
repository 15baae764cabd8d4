package dev.tumbler.emulator.gateway.webhook;

/** In which form a webhook gets the events of rotations. */
public enum WebhookFormat {
    /**
     * The body of a CloudMonitor system event, such as {@code Secret:RotateSecret:Failure}.
     *
     * <p>Source: KMS, "Monitor the rotation of dynamic RDS secrets".
     */
    CLOUD_MONITOR,

    /**
     * That body as the {@code data} of a CloudEvent, with an EventBridge type such as
     * {@code kms:CloudMonitor:Secret[RotateSecret:Failure]}. The envelope besides the type is <em>assumed</em>: CloudEvents
     * 1.0 in structured mode, source {@code acs.kms}.
     *
     * <p>Source: EventBridge, "KMS events".
     */
    EVENT_BRIDGE
}
