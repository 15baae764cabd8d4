package dev.tumbler.emulator.gateway.webhook;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.event.EventSubject;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.event.SecretEvent.RotationFailed;
import dev.tumbler.emulator.event.SecretEvent.RotationSucceeded;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A rotation's end as CloudMonitor tells it. The two bodies differ in more than their outcome: so does the source, which
 * names the strategy {@code rotationSubType} in one and {@code secretSubType} in the other.
 */
final class RotationNotice {
    /** The service's own time. */
    private static final DateTimeFormatter EVENT_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSZ", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private final SecretEvent event;
    private final String outcome;
    private final JsonObject body;

    private RotationNotice(SecretEvent event, String outcome, JsonObject body) {
        this.event = event;
        this.outcome = outcome;
        this.body = body;
    }

    /** Empty for what CloudMonitor does not tell. */
    static Optional<RotationNotice> of(SecretEvent event) {
        if (event instanceof RotationFailed failed) {
            return Optional.of(new RotationNotice(failed, "Failure", failure(failed)));
        }
        if (event instanceof RotationSucceeded succeeded) {
            return Optional.of(new RotationNotice(succeeded, "Success", success(succeeded)));
        }
        return Optional.empty();
    }

    String in(WebhookFormat format) {
        return (format == WebhookFormat.CLOUD_MONITOR ? body : cloudEvent()).toString();
    }

    private JsonObject cloudEvent() {
        JsonObject envelope = new JsonObject();
        envelope.addProperty("id", event.id());
        envelope.addProperty("source", "acs.kms");
        envelope.addProperty("specversion", "1.0");
        envelope.addProperty("type", "kms:CloudMonitor:Secret[RotateSecret:" + outcome + "]");
        envelope.addProperty("datacontenttype", "application/json;charset=utf-8");
        envelope.addProperty("subject", event.secret().arn());
        envelope.addProperty("time", seconds(event.time()));
        envelope.addProperty("aliyunaccountid", event.secret().accountId());
        envelope.addProperty("aliyunregionid", event.secret().region());
        envelope.add("data", body);
        return envelope;
    }

    private static JsonObject failure(RotationFailed event) {
        JsonObject info = new JsonObject();
        info.addProperty("errorCode", event.errorCode());
        info.addProperty("errorMessage", event.errorMessage());
        JsonObject content = content(event, "rotationSubType");
        content.add("failureInfo", info);
        content.addProperty("failureTime", seconds(event.time()));

        JsonObject body = new JsonObject();
        body.addProperty("product", "KMS");
        body.addProperty("eventTime", EVENT_TIME.format(event.time()));
        body.addProperty("level", "CRITICAL");
        body.addProperty("name", "Secret:RotateSecret:Failure");
        return complete(body, event.secret(), "Failed", content);
    }

    private static JsonObject success(RotationSucceeded event) {
        JsonObject content = content(event, "secretSubType");
        content.addProperty("successTime", seconds(event.time()));

        JsonObject body = new JsonObject();
        body.addProperty("product", "KMS");
        body.addProperty("instanceName", event.secret().name());
        body.addProperty("level", "INFO");
        body.addProperty("name", "Secret:RotateSecret:Success");
        return complete(body, event.secret(), "Normal", content);
    }

    private static JsonObject content(SecretEvent event, String subTypeName) {
        EventSubject secret = event.secret();
        JsonObject content = new JsonObject();
        content.addProperty("eventId", event.id());
        content.addProperty("secretName", secret.name());
        content.addProperty("secretType", secret.secretType());
        content.addProperty(
                "RotationEntityArn",
                "acs:rds:" + secret.region() + ":" + secret.accountId() + ":dbinstance/" + secret.dbInstanceId());
        content.addProperty("rotationStatus", secret.automaticRotation());
        content.addProperty(subTypeName, secret.secretSubType());
        return content;
    }

    private static JsonObject complete(JsonObject body, EventSubject secret, String status, JsonObject content) {
        body.addProperty("regionId", secret.region());
        body.addProperty("resourceId", secret.arn());
        body.addProperty("status", status);
        body.add("content", content);
        body.addProperty("ver", "1.0");
        return body;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
