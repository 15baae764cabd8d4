package dev.tumbler.testkit.drill;

import dev.tumbler.client.KmsException;
import dev.tumbler.testkit.drill.DrillFailure.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells failures from each other by their causes. */
final class Failures {
    private static final int MAX_DEPTH = 16;
    private static final int MYSQL_ACCESS_DENIED = 1045;
    private static final int SQLSERVER_LOGIN_FAILED = 18456;

    private Failures() {}

    /** @param loginRefused whether the database has refused a login of the operation */
    static Reason reason(Throwable failure, boolean loginRefused) {
        if (loginRefused) {
            return Reason.LOGIN_REFUSED;
        }
        Reason reason = Reason.OTHER;
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
            if (link instanceof SQLException sql && isLoginRefused(sql)) {
                return Reason.LOGIN_REFUSED;
            }
            if (isOfKms(link)) {
                reason = Reason.KMS;
            } else if (reason == Reason.OTHER && link instanceof SQLException sql && isOfConnection(sql)) {
                reason = Reason.CONNECTION;
            }
            link = link.getCause();
        }
        return reason;
    }

    static boolean isLoginRefused(SQLException failure) {
        String sqlState = failure.getSQLState();
        return (sqlState != null && sqlState.startsWith("28"))
                || failure.getErrorCode() == MYSQL_ACCESS_DENIED
                || failure.getErrorCode() == SQLSERVER_LOGIN_FAILED;
    }

    /** Pools that have no connection in time say so without a state. */
    private static boolean isOfConnection(SQLException failure) {
        String sqlState = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException || (sqlState != null && sqlState.startsWith("08"));
    }

    /** The official clients need not be on the class path. */
    private static boolean isOfKms(Throwable failure) {
        String type = failure.getClass().getName();
        return failure instanceof KmsException || type.startsWith("com.aliyun.") || type.startsWith("com.aliyuncs.");
    }

    /** For people, in one line. */
    static String describe(Throwable failure) {
        StringBuilder words = new StringBuilder();
        Throwable link = failure;
        for (int depth = 0; link != null && depth < 4; depth++) {
            if (depth > 0) {
                words.append(" ← ");
            }
            words.append(link.getClass().getSimpleName());
            if (link.getMessage() != null) {
                words.append(": ").append(link.getMessage().replaceAll("\\s+", " "));
            }
            link = link.getCause();
        }
        return words.toString();
    }
}
