package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;

/** Retries without backoff: a refused login is repeated, with a new read each time, until it works. */
public final class LoginInALoop implements Application {
    private final Surroundings surroundings;
    private final Client sdk;
    private volatile JsonObject account;

    public LoginInALoop(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
        this.account = read();
    }

    @Override
    public void order() throws Exception {
        while (true) {
            try (Database.Session session = surroundings
                    .database()
                    .connect(
                            account.get("AccountName").getAsString(),
                            account.get("AccountPassword").getAsString())) {
                session.query();
                return;
            } catch (SQLException e) {
                if (!Database.isLoginRefused(e)) {
                    throw e;
                }
                account = read();
            }
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
