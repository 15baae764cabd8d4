package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.rds.RdsOperations;
import dev.tumbler.emulator.rotation.RotationWorkers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What the RDS API of one region works on. Instances belong to no region: each shows all of them.
 *
 * @param regions all regions of the emulator
 * @param workers the threads that may wait for a database
 */
public record RdsRegion(
        String region, List<String> regions, String accountId, RdsOperations operations, RotationWorkers workers) {
    public RdsRegion {
        regions = List.copyOf(regions);
    }

    /** Answers when the instance has done what rotations and other calls want of it, and then this. */
    CompletionStage<JsonObject> ask(String dbInstanceId, Supplier<JsonObject> work) {
        operations.require(dbInstanceId);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        // What comes of it is in the answer.
        var unused = workers.submit(dbInstanceId, () -> answer.complete(work.get()))
                .whenComplete((ignored, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    /** The same, where there is nothing to say. */
    CompletionStage<JsonObject> tell(String dbInstanceId, Runnable work) {
        return ask(dbInstanceId, () -> {
            work.run();
            return new JsonObject();
        });
    }
}
