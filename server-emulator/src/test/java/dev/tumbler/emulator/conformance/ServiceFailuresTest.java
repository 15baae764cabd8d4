package dev.tumbler.emulator.conformance;

import static dev.tumbler.emulator.fault.Fault.error;
import static dev.tumbler.emulator.fault.Fault.internalFailure;
import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.fault.Fault.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.journal.KmsAction;
import java.util.List;

/** What the service answers when it fails or has enough: nothing provokes it but a fault. */
class ServiceFailuresTest {
    @ConformanceTest
    @Proves({
        "CreateSecret/error/InternalFailure",
        "DeleteSecret/error/InternalFailure",
        "GetRandomPassword/error/InternalFailure",
        "GetSecretValue/error/InternalFailure",
        "RestoreSecret/error/InternalFailure",
        "UpdateSecret/error/InternalFailure",
    })
    void failure_onDemand_is500AndChangesNothing(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "x");
        emulator.faults().on(KmsAction.values()).respond(internalFailure());
        kms.assertRefused(500, "InternalFailure", "GetSecretValue", "SecretName", "a");
        kms.assertRefused(500, "InternalFailure", "UpdateSecret", "SecretName", "a", "Description", "d");
        kms.assertRefused(500, "InternalFailure", "DeleteSecret", "SecretName", "a");
        kms.assertRefused(500, "InternalFailure", "RestoreSecret", "SecretName", "a");
        kms.assertRefused(500, "InternalFailure", "GetRandomPassword");
        kms.assertRefused(
                500, "InternalFailure", "CreateSecret", "SecretName", "b", "VersionId", "v1", "SecretData", "x");
        emulator.faults().clear();
        assertThat(kms.call("DescribeSecret", "SecretName", "a")).containsEntry("Description", "");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", "b");
    }

    @ConformanceTest
    @Proves({"Wire/throttling", "CreateSecret/error/Rejected.Throttling", "GetSecretValue/error/Rejected.Throttling"})
    void throttling_onDemand_hasEachOfItsCodes(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "x");
        emulator.faults().on(KmsAction.CREATE_SECRET).respond(throttled());
        kms.assertRefused(
                429, "Rejected.Throttling", "CreateSecret", "SecretName", "b", "VersionId", "v1", "SecretData", "x");
        for (Fault fault : List.of(
                throttled(),
                error(400, "Throttling.User", "Request was denied due to user flow control."),
                error(400, "Throttling.Api", "Request was denied due to api flow control."),
                unavailable())) {
            emulator.faults().clear();
            emulator.faults().on(KmsAction.GET_SECRET_VALUE).respond(fault);
            KmsError expected = ((Fault.Refusal) fault).error();
            ServiceError refusal =
                    kms.assertRefused(expected.status(), expected.code(), "GetSecretValue", "SecretName", "a");
            assertThat(refusal).hasMessageContaining(expected.getMessage());
        }
    }
}
