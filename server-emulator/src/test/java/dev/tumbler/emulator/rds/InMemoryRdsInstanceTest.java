package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryRdsInstanceTest implements RdsInstanceContract {
    private final RdsInstance instance = RdsInstance.inMemory(RdsEngine.MYSQL);

    @Override
    public RdsInstance instance() {
        return instance;
    }

    @Test
    void inMemory_anyEngine_namesIt() {
        assertThat(instance.engine()).isEqualTo(RdsEngine.MYSQL);
        assertThat(instance.location()).isEqualTo("MySQL in memory");
    }

    @Test
    void cloneAccount_nameTooLongForTheEngine_isRefused() {
        RdsInstance mariaDb = RdsInstance.inMemory(RdsEngine.MARIADB);
        mariaDb.createAccount("eleven_char", PASSWORD);

        assertRdsException(
                        () -> mariaDb.cloneAccount("eleven_char", "eleven_char_clone", PASSWORD),
                        RdsException.Reason.INVALID_ACCOUNT_NAME)
                .hasMessage(
                        "\"eleven_char_clone\" is no name for an account on MariaDB: it takes 2 to 16 characters out of lower-case letters, digits and underscores; the first is a letter, the last a letter or a digit");
    }
}
