package dev.tumbler.client.jdbc;

/** The SQLStates of our own exceptions; those of the database stay as they are. */
final class SqlStates {
    /** The client cannot establish the connection. */
    static final String CONNECTION_FAILED = "08001";

    private SqlStates() {}
}
