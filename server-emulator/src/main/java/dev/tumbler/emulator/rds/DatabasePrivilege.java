package dev.tumbler.emulator.rds;

/**
 * A privilege in one database, such as {@code READ_WRITE.on("shop")}.
 *
 * @param database the database's name; not blank
 * @param privilege what is allowed there
 */
public record DatabasePrivilege(String database, AccountPrivilege privilege) {
    public DatabasePrivilege {
        if (database.isBlank()) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PRIVILEGE, "A privilege needs the name of a database", null);
        }
    }

    void requireFor(RdsEngine engine) {
        if (!engine.privileges().contains(privilege)) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PRIVILEGE,
                    "%s knows no privilege %s; it has %s"
                            .formatted(
                                    engine.displayName(),
                                    privilege.wireName(),
                                    String.join(
                                            ", ",
                                            engine.privileges().stream()
                                                    .map(AccountPrivilege::wireName)
                                                    .toList())),
                    null);
        }
    }

    /** Such as {@code ReadWrite on shop}. */
    @Override
    public String toString() {
        return privilege.wireName() + " on " + database;
    }
}
