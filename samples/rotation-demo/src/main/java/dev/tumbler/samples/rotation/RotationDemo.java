package dev.tumbler.samples.rotation;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.samples.rotation.OfficialSdk.Version;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application keeps querying PostgreSQL while its password rotates ten times.
 *
 * <p>{@code --naive}: the application keeps the password that it started with. {@code --url URL --user NAME}, with the
 * password in the environment variable {@code PGPASSWORD}: a PostgreSQL that runs already, instead of one that the demo
 * starts; the user must be allowed to create roles.
 *
 * <p>Exits with 0 if no query and no login failed, 1 if some did, 2 if there is no database.
 */
public final class RotationDemo {
    private static final String SECRET = "orders/db";
    private static final String INSTANCE = "rm-orders";
    private static final Account FIRST = new Account("orders", "The-first-passw0rd");
    private static final String SECOND = FIRST.name() + "_clone";
    private static final int WORKERS = 8;
    private static final int ROTATIONS = 10;

    /** A week between rotations, in the demo's time. */
    private static final Duration WEEK = Duration.ofMillis(400);

    /** How soon the application notices; in the demo's time, a day and a half after the rotation. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(100);

    private final PrintStream out;
    private final boolean naive;
    private final int rotations;

    private RotationDemo(PrintStream out, boolean naive, int rotations) {
        this.out = out;
        this.naive = naive;
        this.rotations = rotations;
    }

    /** Runs the demo and ends the JVM. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int exit = run(List.of(args), out);
        out.flush();
        System.exit(exit);
    }

    static int run(List<String> args, PrintStream out) throws Exception {
        return run(args, ROTATIONS, out);
    }

    static int run(List<String> args, int rotations, PrintStream out) throws Exception {
        Database database;
        try {
            database = args.contains("--url")
                    ? Database.at(
                            option(args, "--url"),
                            new Account(option(args, "--user"), System.getenv().getOrDefault("PGPASSWORD", "")))
                    : Database.start();
        } catch (Exception e) {
            out.println("The embedded PostgreSQL did not start: " + e.getMessage());
            out.println("As root on Linux it needs the command unshare (package util-linux) and user namespaces.");
            out.println("Or name a PostgreSQL of yours: --url jdbc:postgresql://HOST:5432/DB --user NAME, and its"
                    + " password in PGPASSWORD.");
            return 2;
        }
        try (database;
                KmsEmulator kms = KmsEmulator.start()) {
            return new RotationDemo(out, args.contains("--naive"), rotations).run(database, kms);
        }
    }

    private static String option(List<String> args, String name) {
        int at = args.indexOf(name);
        if (at < 0 || at + 1 >= args.size()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return args.get(at + 1);
    }

    private int run(Database database, KmsEmulator kms) throws Exception {
        RdsInstance rds = kms.rds()
                .attach(
                        INSTANCE,
                        RdsInstance.jdbc(
                                RdsEngine.POSTGRESQL,
                                database.url(),
                                database.admin().name(),
                                database.admin().password()));
        rds.createAccount(FIRST.name(), FIRST.password());
        database.createOrders(FIRST.name());
        try {
            AccessKey key = kms.createAccessKey();
            OfficialSdk sdk = new OfficialSdk(kms, key);
            sdk.createDualAccountSecret(SECRET, INSTANCE, FIRST);
            out.println("PostgreSQL " + database.version() + " at " + database.url());
            out.println("KMS emulator at " + kms.endpoint());
            try (SecretsClient client = SecretsClient.builder()
                            .region(kms.region())
                            .endpoint(kms.endpoint())
                            .credentials(CredentialsProvider.of(key.id(), key.secret()))
                            .build();
                    SecretCache secrets = SecretCache.builder(client)
                            .refreshInterval(REFRESH_INTERVAL)
                            .build()) {
                return naive ? runNaive(database, sdk, client) : runRotating(database, sdk, client, secrets);
            }
        } finally {
            database.dropOrders(List.of(FIRST.name(), SECOND));
        }
    }

    /** What users have today: the password is read once, and kept. */
    private int runNaive(Database database, OfficialSdk sdk, SecretsClient client) throws Exception {
        PGSimpleDataSource fixed = new PGSimpleDataSource();
        fixed.setUrl(database.url());
        fixed.setUser(FIRST.name());
        fixed.setPassword(FIRST.password());
        out.println(WORKERS + " workers query with the password that they started with, in a HikariCP pool.");
        try (Application application = new Application(fixed, WORKERS, 250)) {
            return rotate(application, database, sdk, client);
        }
    }

    /** The application as it should be: the pool logs in with what the secret holds now. */
    private int runRotating(Database database, OfficialSdk sdk, SecretsClient client, SecretCache secrets)
            throws Exception {
        CachedSecret<RdsCredentials> credentials = secrets.rds(SECRET);
        DataSource dataSource = TumblerDataSource.builder(secrets)
                .url(database.url())
                .secretName(SECRET)
                .build();
        out.println(WORKERS + " workers query with what secret \"" + SECRET + "\" holds, in a HikariCP pool.");
        try (Application application = new Application(dataSource, WORKERS, 10_000)) {
            credentials.onChange(changed -> application.renewConnections());
            return rotate(application, database, sdk, client);
        }
    }

    private int rotate(Application application, Database database, OfficialSdk sdk, SecretsClient client)
            throws Exception {
        Timeline timeline = new Timeline(out, application, FIRST.name(), SECOND);
        // Attaching the database tried a wrong password, to see that it is refused.
        long refusedBefore = database.refusedLogins();
        List<Account> history = new ArrayList<>();
        boolean alike = true;
        for (int rotation = 0; rotation <= rotations; rotation++) {
            if (rotation > 0) {
                TimeUnit.MILLISECONDS.sleep(WEEK.toMillis());
                sdk.rotate(SECRET, "v" + rotation);
            }
            Version current = sdk.current(SECRET);
            GetSecretValueResult ours = client.getSecretValue(SECRET);
            alike &= current.versionId().equals(ours.versionId())
                    && current.account().equals(account(ours.asRdsCredentials()));
            history.add(current.account());
            application.awaitNewLogins(naive ? FIRST.name() : current.account().name());
            timeline.print(rotation, current);
        }
        return summarize(application, database, history, alike, refusedBefore);
    }

    private int summarize(
            Application application, Database database, List<Account> history, boolean alike, long refusedBefore)
            throws Exception {
        long refusedByServer = database.refusedLogins() - refusedBefore;
        List<Account> superseded = history.subList(0, history.size() - 2);
        long stillLetIn = 0;
        for (Account account : superseded) {
            stillLetIn += database.letsIn(account) ? 1 : 0;
        }
        boolean lastTwoLogIn = true;
        for (Account account : history.subList(history.size() - 2, history.size())) {
            lastTwoLogIn &= database.letsIn(account);
        }
        CountingDataSource logins = application.logins();
        long failedLogins = Math.max(logins.failures(), refusedByServer);
        long firstLogins = logins.logins(FIRST.name());
        long secondLogins = logins.logins(SECOND);

        out.println();
        out.printf("  queries               %,8d   failed %,d%n", application.queries(), application.failedQueries());
        out.printf(
                "  logins                %,8d   failed %,d   (%s %,d, %s %,d)%n",
                firstLogins + secondLogins, failedLogins, FIRST, firstLogins, SECOND, secondLogins);
        out.printf(
                "  superseded passwords  %,8d   %s%n",
                superseded.size(),
                stillLetIn == 0 ? "all refused by PostgreSQL" : stillLetIn + " still let in by PostgreSQL");
        out.printf("  current and previous         2   %s%n", lastTwoLogIn ? "both log in" : "NOT both log in");
        out.printf(
                "  official SDK and Tumbler         %s%n",
                alike ? "read the same version each time" : "read DIFFERENT versions");
        out.println();

        boolean applicationSurvived = application.failedQueries() == 0 && failedLogins == 0;
        boolean rotationWorked = stillLetIn == 0 && lastTwoLogIn && alike;
        if (!rotationWorked) {
            out.println("The rotation did not do what it should.");
            return 1;
        }
        if (!applicationSurvived) {
            out.println(
                    naive
                            ? "The application failed: its password was rotated away. Run the demo without --naive."
                            : "The application failed; it should not have.");
            return 1;
        }
        if (firstLogins == 0 || secondLogins == 0) {
            out.println("Only one of the two accounts was used.");
            return 1;
        }
        out.println("No query and no login failed over " + rotations + " rotations.");
        return 0;
    }

    private static Account account(RdsCredentials credentials) {
        return new Account(credentials.accountName(), credentials.accountPassword());
    }
}
