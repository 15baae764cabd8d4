package dev.tumbler.testkit.assertj;

import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.rds.RdsInstance;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about the database that secrets are for. No message holds a password. */
public final class RdsInstanceAssert extends AbstractAssert<RdsInstanceAssert, RdsInstance> {
    RdsInstanceAssert(@Nullable RdsInstance actual) {
        super(actual, RdsInstanceAssert.class);
    }

    /** These credentials log in. */
    public RdsInstanceAssert acceptsLogin(RdsCredentials credentials) {
        return login(credentials, true);
    }

    /** These credentials do not log in. */
    public RdsInstanceAssert refusesLogin(RdsCredentials credentials) {
        return login(credentials, false);
    }

    private RdsInstanceAssert login(RdsCredentials credentials, boolean accepted) {
        isNotNull();
        String account = credentials.accountName();
        if (actual.acceptsLogin(account, credentials.accountPassword()) != accepted) {
            failWithMessage(
                    "Expected %s to %s account \"%s\" with this password, but it %s",
                    actual.location(),
                    accepted ? "accept" : "refuse",
                    account,
                    !accepted
                            ? "accepts it"
                            : actual.hasAccount(account) ? "has another password for it" : "has no such account");
        }
        return this;
    }
}
