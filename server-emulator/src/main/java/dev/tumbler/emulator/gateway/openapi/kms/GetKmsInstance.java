package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.key.KmsInstance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An instance of the emulator is never bought nor expires, and is in no VPC: {@code EndDate}, {@code VpcId},
 * {@code VswitchIds} and {@code ZoneIds} are left out; {@code Spec}, the calls in a second, is made up.
 *
 * <p>Source: KMS API reference, GetKmsInstance.
 */
final class GetKmsInstance implements Action {
    private static final int CALLS_PER_SECOND = 1_000;

    private final KmsRegion kms;

    GetKmsInstance(KmsRegion kms) {
        this.kms = kms;
    }

    @Override
    public String name() {
        return "GetKmsInstance";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        KmsInstance instance = kms.kmsInstances()
                .find(call.parameters().required("KmsInstanceId"))
                .filter(found -> found.region().equals(kms.region()))
                .orElseThrow(() -> KmsError.kmsInstanceNotFound("Add it with kms.kmsInstances().add(…)."));
        JsonObject fields = new JsonObject();
        fields.addProperty("InstanceId", instance.id());
        fields.addProperty("InstanceName", instance.id());
        fields.addProperty("Status", "Connected");
        fields.addProperty("CreateTime", Fields.timestamp(instance.createTime()));
        fields.addProperty("StartDate", Fields.timestamp(instance.createTime()));
        fields.addProperty("Spec", CALLS_PER_SECOND);
        fields.addProperty("KeyNum", instance.quota().keys());
        // A text, unlike the others.
        fields.addProperty("SecretNum", Integer.toString(instance.quota().secrets()));
        fields.addProperty("VpcNum", 1);
        fields.add("BindVpcs", Fields.wrapped("BindVpc", new JsonArray()));
        fields.addProperty("CaCertificateChainPem", kms.caCertificate().get());
        JsonObject answer = new JsonObject();
        answer.add("KmsInstance", fields);
        return CompletableFuture.completedFuture(answer);
    }
}
