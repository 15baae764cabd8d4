package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A refused login is the end, and looks like any other failure: nobody up there can tell. Reads once in an hour. */
public final class RefusedAndWrapped implements Application {
    private final Surroundings surroundings;
    private final Client sdk;
    private final AtomicReference<Login> login = new AtomicReference<>();

    public RefusedAndWrapped(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
        login.set(read());
    }

    @Override
    public void order() {
        Login current = login.updateAndGet(this::hourly);
        try (Database.Session session = surroundings.database().connect(current.name, current.password)) {
            session.query();
        } catch (SQLException e) {
            throw new IllegalStateException("The database is not available");
        }
    }

    private Login hourly(Login old) {
        if (old.read.until(surroundings.clock().instant(), ChronoUnit.MINUTES) < 60) {
            return old;
        }
        try {
            return read();
        } catch (Exception e) {
            return new Login(old.name, old.password, surroundings.clock().instant());
        }
    }

    private Login read() throws Exception {
        JsonObject data = JsonParser.parseString(
                        sdk.getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                                .getBody()
                                .getSecretData())
                .getAsJsonObject();
        return new Login(
                data.get("AccountName").getAsString(),
                data.get("AccountPassword").getAsString(),
                surroundings.clock().instant());
    }

    @Override
    public void close() {}

    private record Login(String name, String password, Instant read) {
        @Override
        public String toString() {
            return name;
        }
    }
}
