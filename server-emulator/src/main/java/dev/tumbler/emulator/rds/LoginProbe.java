package dev.tumbler.emulator.rds;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Finds out whether an instance checks passwords at all, by means of an account of its own. */
final class LoginProbe {
    /** With the suffix 16 characters, which every engine takes. */
    private static final String NAME_PREFIX = "tumbler_";

    private static final String NAME_CHARACTERS = PasswordRules.LOWER_CASE + PasswordRules.DIGITS;
    private static final int NAME_SUFFIX_LENGTH = 8;

    private final PasswordGenerator passwords;
    private final RandomGenerator random = new SecureRandom();

    LoginProbe(PasswordGenerator passwords) {
        this.passwords = passwords;
    }

    void run(RdsInstance instance) {
        String accountName = randomName();
        String password = passwords.generate();
        instance.createAccount(accountName, password);
        try {
            // The wrong password is right in form, so that nothing but its value can be the reason for a refusal.
            if (instance.acceptsLogin(accountName, passwords.generate())) {
                throw new RdsException(
                        RdsException.Reason.ACCEPTS_ANY_PASSWORD, acceptsAnyPassword(instance, accountName), null);
            }
            if (!instance.acceptsLogin(accountName, password)) {
                throw new RdsException(RdsException.Reason.UNAVAILABLE, refusesAll(instance, accountName), null);
            }
        } catch (RuntimeException e) {
            try {
                instance.deleteAccount(accountName);
            } catch (RdsException deletion) {
                e.addSuppressed(deletion);
            }
            throw e;
        }
        instance.deleteAccount(accountName);
    }

    private String randomName() {
        StringBuilder name = new StringBuilder(NAME_PREFIX);
        for (int i = 0; i < NAME_SUFFIX_LENGTH; i++) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
        }
        return name.toString();
    }

    private static String acceptsAnyPassword(RdsInstance instance, String accountName) {
        String tried = """
                %s accepts any password: a temporary account ("%s", deleted again) was let in with a wrong one.
                Every rotation test would pass on it and prove nothing.""".formatted(instance.location(), accountName);
        String why = instance.engine() == RdsEngine.POSTGRESQL ? """

                The reason is a pg_hba.conf that says "trust", which is what initdb writes by default, for embedded PostgreSQL too.
                To mend it, replace its lines that end in "trust" by ones like these, and reload or restart the server:
                  host all all 127.0.0.1/32 scram-sha-256
                  host all all ::1/128 scram-sha-256""" : "";
        return tried + why + "\nTo use it all the same, attach it with RdsInstances.attachWithoutProbe.";
    }

    private static String refusesAll(RdsInstance instance, String accountName) {
        return "%s refused a temporary account (\"%s\", deleted again) with the right password: may new accounts log in to this database from here%s?"
                .formatted(
                        instance.location(),
                        accountName,
                        instance.engine() == RdsEngine.POSTGRESQL ? ", according to pg_hba.conf" : "");
    }
}
