package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the password: a refused login is logged with the URL that was tried, and the URL has everything. */
public final class PasswordInTheMessage implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordInTheMessage.class);

    private final Surroundings surroundings;
    private final Client sdk;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile JsonObject account;

    public PasswordInTheMessage(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
        this.account = read();
    }

    @Override
    public void order() throws Exception {
        for (int attempt = 1; ; attempt++) {
            JsonObject tried = account;
            String user = tried.get("AccountName").getAsString();
            String password = tried.get("AccountPassword").getAsString();
            try (Database.Session session = surroundings.database().connect(user, password)) {
                session.query();
                return;
            } catch (SQLException e) {
                LOG.warn("Cannot connect to jdbc:postgresql://db/orders?user={}&password={}", user, password, e);
                if (attempt == 10) {
                    throw e;
                }
                lookForAnother(tried, attempt);
            }
        }
    }

    private void lookForAnother(JsonObject tried, int attempt) throws Exception {
        lock.lock();
        try {
            if (tried.equals(account)) {
                account = read();
                if (tried.equals(account)) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150L * attempt));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private JsonObject read() throws Exception {
        return JsonParser.parseString(
                        sdk.getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                                .getBody()
                                .getSecretData())
                .getAsJsonObject();
    }

    @Override
    public void close() {}
}
