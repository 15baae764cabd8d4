package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pool never retires a connection: each thread has one, and keeps it. */
public final class ConnectionPerThread implements Application {
    private final Surroundings surroundings;
    private final Client sdk;
    private final Map<Thread, Database.Session> connections = new ConcurrentHashMap<>();

    public ConnectionPerThread(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
    }

    @Override
    public void order() throws Exception {
        Database.@Nullable Session mine = connections.get(Thread.currentThread());
        if (mine == null) {
            JsonObject data = JsonParser.parseString(
                            sdk.getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                                    .getBody()
                                    .getSecretData())
                    .getAsJsonObject();
            mine = surroundings
                    .database()
                    .connect(
                            data.get("AccountName").getAsString(),
                            data.get("AccountPassword").getAsString());
            connections.put(Thread.currentThread(), mine);
        }
        mine.query();
    }

    @Override
    public void close() {
        connections.values().forEach(Database.Session::close);
    }
}
