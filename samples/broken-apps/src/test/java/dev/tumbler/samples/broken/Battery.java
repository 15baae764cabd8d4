package dev.tumbler.samples.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.InMemorySession;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.testkit.drill.Disruption;
import dev.tumbler.testkit.drill.DrillReport;
import dev.tumbler.testkit.drill.Finding;
import dev.tumbler.testkit.drill.Finding.Defect;
import dev.tumbler.testkit.drill.RotationDrill;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** The drills that each application is put through, all alike. */
final class Battery {
    private static final String SECRET = "orders/db";

    private Battery() {}

    /** How an application is started. */
    interface Start {
        Application with(Surroundings surroundings) throws Exception;
    }

    /** Two accounts; the KMS is away for a while, and the secret is deleted and restored. */
    static DrillReport dualAccount(Start start) throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder()
                .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                .start()) {
            return drill(
                    kms,
                    start,
                    false,
                    4,
                    Disruption.kmsOutage(Duration.ofHours(2)),
                    Disruption.deletedAndRestored(Duration.ofHours(2)));
        }
    }

    /** A single account, and each rotation with a window; the KMS throttles for a while. */
    static DrillReport singleAccount(Start start) throws Exception {
        return singleAccount(start, kms -> {});
    }

    /** @param before what is done with the emulator while it is empty */
    static DrillReport singleAccount(Start start, Consumer<KmsEmulator> before) throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder()
                .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                .singleAccountWindow(Duration.ofSeconds(30))
                .start()) {
            before.accept(kms);
            return drill(kms, start, true, 2, Disruption.throttling(Duration.ofHours(2)));
        }
    }

    /** The verdict names these, and nothing else. */
    static void requireFindings(DrillReport report, Set<Defect> defects) {
        assertThat(report.findings())
                .as(report::describe)
                .extracting(Finding::defect)
                .containsExactlyInAnyOrderElementsOf(defects);
    }

    private static DrillReport drill(
            KmsEmulator kms, Start start, boolean single, int rotations, Disruption... disruptions) throws Exception {
        InMemoryRdsInstance database = kms.rds().add("rm-orders", RdsEngine.POSTGRESQL);
        RdsCredentials first = new RdsCredentials("orders", "First-pass-1");
        database.createAccount(first.accountName(), first.accountPassword());
        AccessKey key = kms.createAccessKey();
        try (SecretsClient administrator = SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .build()) {
            administrator.createSecret(r -> {
                r.secretName(SECRET).versionId("v1");
                if (single) {
                    r.rdsSingleAccount("rm-orders", first);
                } else {
                    r.rdsDualAccount("rm-orders", first);
                }
            });
        }
        Surroundings surroundings =
                new Surroundings(kms.endpoint(), key.id(), key.secret(), connectionsTo(database), kms.clock(), SECRET);
        try (Application application = start.with(surroundings)) {
            RotationDrill drill = RotationDrill.of(application::order)
                    .against(kms, SECRET)
                    .rotations(rotations)
                    .atLeast(Duration.ofMillis(10))
                    .holding(Duration.ofMillis(200));
            for (Disruption disruption : disruptions) {
                drill.with(disruption);
            }
            return drill.run();
        }
    }

    private static Database connectionsTo(InMemoryRdsInstance database) {
        return (accountName, password) -> {
            InMemorySession session = database.connect(accountName, password);
            return new Database.Session() {
                @Override
                public void query() throws SQLException {
                    session.use();
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        };
    }
}
