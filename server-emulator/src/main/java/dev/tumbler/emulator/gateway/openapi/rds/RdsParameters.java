package dev.tumbler.emulator.gateway.openapi.rds;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import java.util.List;

/** What the actions have in common. */
final class RdsParameters {
    private RdsParameters() {}

    /** The parameter, or the gateway's error that it is missing: RDS has none of its own. <em>Assumed.</em> */
    static String required(Parameters parameters, String name) {
        String value = parameters.optional(name);
        if (value == null) {
            throw KmsError.missingCommonParameter(name);
        }
        return value;
    }

    /** {@code DBInstanceId} where it may be a list, its elements separated by commas. */
    static List<String> dbInstanceIds(Parameters parameters) {
        return List.of(required(parameters, "DBInstanceId").split(",", -1));
    }

    /** A parameter with a value that breaks its rule, as {@link #required} without a code of the RDS API. */
    static KmsError invalid(String name, String rule) {
        return KmsError.of(400, "Invalid" + name, "Specified parameter " + name + " is not valid. " + rule);
    }

    /** {@code PageNumber} and {@code PageSize}. A page past the end is empty. <em>Assumed.</em> */
    record Page(int number, int size) {
        private static final int DEFAULT_SIZE = 30;

        static Page of(Parameters parameters, int leastSize, int mostSize) {
            return new Page(
                    integer(parameters, "PageNumber", 1, 1, Integer.MAX_VALUE),
                    integer(parameters, "PageSize", DEFAULT_SIZE, leastSize, mostSize));
        }

        <T> List<T> of(List<T> all) {
            return all.stream().skip((number - 1L) * size).limit(size).toList();
        }

        void addTo(JsonObject answer, int totalCount) {
            answer.addProperty("PageNumber", number);
            answer.addProperty("TotalRecordCount", totalCount);
        }

        private static int integer(Parameters parameters, String name, int fallback, int least, int most) {
            try {
                return parameters.integer(name, fallback, least, most);
            } catch (KmsError e) {
                throw invalid(name, "It must be an integer from " + least + " to " + most + ".");
            }
        }
    }
}
