package dev.tumbler.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.secret.NewRdsSecret;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.KmsSdk.Account;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many secrets that rotate each week, for a year, at once; and twice the same with the same seed. */
class VirtualYearTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int ROTATIONS = 52;

    @Test
    @Timeout(60)
    void year_of50Secrets_rotatesEach52Times_andFollowsFromTheSeed() throws Exception {
        assertThat(year(50, 42)).isEqualTo(year(50, 42));
    }

    @Test
    @Timeout(60)
    void year_withAnotherSeed_endsWithOtherPasswords() throws Exception {
        assertThat(year(5, 42)).isNotEqualTo(year(5, 43));
    }

    @Test
    @Tag("soak")
    @Timeout(1_200)
    void year_of10000Secrets_rotatesEach52Times_andFollowsFromTheSeed() throws Exception {
        assertThat(year(10_000, 42)).isEqualTo(year(10_000, 42));
    }

    /** The hash of all that clients can read of the secrets in the end. */
    private static String year(int secrets, long seed) throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder()
                .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                .seed(seed)
                .start()) {
            InMemoryRdsInstance database = kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
            for (int i = 0; i < secrets; i++) {
                kms.rdsSecrets().create("s" + i, secret(i));
            }
            Map<String, Integer> rotations = new ConcurrentHashMap<>();
            kms.events().listen(event -> {
                if (event instanceof SecretEvent.RotationSucceeded) {
                    rotations.merge(event.secret().name(), 1, Integer::sum);
                }
            });

            long start = System.nanoTime();
            kms.clock().advance(YEAR);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(rotations).hasSize(secrets).values().containsOnly(ROTATIONS);
            System.out.printf(
                    "%d secrets, %d rotations in a virtual year: %d ms%n",
                    secrets, secrets * ROTATIONS, took.toMillis());
            return hash(KmsSdk.connect(kms), database, secrets);
        }
    }

    private static NewRdsSecret secret(int number) {
        String prefix = "u" + number;
        return (number % 2 == 0
                        ? NewRdsSecret.dualAccounts("rm-1", prefix, AccountPrivilege.DB_OWNER.on("shop"))
                        : NewRdsSecret.singleAccount("rm-1", prefix, AccountPrivilege.DB_OWNER.on("shop")))
                .rotateEvery(WEEK);
    }

    private static String hash(Client sdk, InMemoryRdsInstance database, int secrets) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < secrets; i++) {
            GetSecretValueResponseBody current = KmsSdk.read(sdk, "s" + i, "ACSCurrent");
            GetSecretValueResponseBody previous = KmsSdk.read(sdk, "s" + i, "ACSPrevious");
            Account account = KmsSdk.account(current);
            assertThat(database.acceptsLogin(account.name(), account.password()))
                    .isTrue();
            hash.update(List.of(
                            current.getSecretData(),
                            previous.getSecretData(),
                            versions(sdk, "s" + i),
                            dates(sdk, "s" + i))
                    .toString()
                    .getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static String versions(Client sdk, String secretName) throws Exception {
        return sdk
                .listSecretVersionIds(new ListSecretVersionIdsRequest()
                        .setSecretName(secretName)
                        .setIncludeDeprecated("true"))
                .getBody()
                .getVersionIds()
                .getVersionId()
                .stream()
                .map(version -> version.getVersionId() + " " + version.getCreateTime() + " "
                        + version.getVersionStages().getVersionStage())
                .collect(Collectors.joining("\n"));
    }

    private static String dates(Client sdk, String secretName) throws Exception {
        DescribeSecretResponseBody secret = sdk.describeSecret(new DescribeSecretRequest().setSecretName(secretName))
                .getBody();
        assertThat(secret.getLastRotationDate()).isEqualTo("2026-12-31T00:00:00Z");
        return secret.getCreateTime() + " " + secret.getUpdateTime() + " " + secret.getNextRotationDate() + " "
                + secret.getAutomaticRotation();
    }
}
