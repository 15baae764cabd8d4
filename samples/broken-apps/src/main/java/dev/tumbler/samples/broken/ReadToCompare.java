package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads the secret for each query, to compare its version with that of the pooled connection. */
public final class ReadToCompare implements Application {
    private final Surroundings surroundings;
    private final Client sdk;
    private final Queue<Versioned> pool = new ConcurrentLinkedQueue<>();

    public ReadToCompare(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
    }

    @Override
    public void order() throws Exception {
        GetSecretValueResponseBody current = read();
        Versioned connection = pool.poll();
        while (connection != null && !connection.version.equals(current.getVersionId())) {
            connection.session.close();
            connection = pool.poll();
        }
        if (connection == null) {
            connection = open(current);
        }
        connection.session.query();
        pool.add(connection);
    }

    private Versioned open(GetSecretValueResponseBody current) throws Exception {
        GetSecretValueResponseBody tried = current;
        for (int attempt = 1; ; attempt++) {
            JsonObject data = JsonParser.parseString(tried.getSecretData()).getAsJsonObject();
            try {
                return new Versioned(
                        surroundings
                                .database()
                                .connect(
                                        data.get("AccountName").getAsString(),
                                        data.get("AccountPassword").getAsString()),
                        tried.getVersionId());
            } catch (SQLException e) {
                if (attempt == 8) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        100L * attempt + ThreadLocalRandom.current().nextLong(100)));
                tried = read();
            }
        }
    }

    private GetSecretValueResponseBody read() throws Exception {
        return sdk.getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                .getBody();
    }

    @Override
    public void close() {
        pool.forEach(connection -> connection.session.close());
    }

    private record Versioned(Database.Session session, String version) {}
}
