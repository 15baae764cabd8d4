package dev.tumbler.emulator.ram;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One operator, one key and its values: it holds if the operator does for one of the values, a negated one if for none
 * of them. Immutable.
 *
 * <p>Source: RAM, "Conditional operators".
 */
final class Condition {
    private static final Map<String, Operator> OPERATORS = operators();

    private final Operator operator;
    private final String key;
    private final List<Expectation> tests;

    private Condition(Operator operator, String key, List<Expectation> tests) {
        this.operator = operator;
        this.key = key;
        this.tests = tests;
    }

    static List<Condition> parse(JsonElement json, String where) {
        if (!(json instanceof JsonObject operators)) {
            throw new IllegalArgumentException(where + " must be a JSON object");
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : operators.entrySet()) {
            Operator operator = OPERATORS.get(entry.getKey());
            if (operator == null) {
                throw new IllegalArgumentException(
                        where + " has the operator \"" + entry.getKey() + "\", which the emulator does not know");
            }
            if (!(entry.getValue() instanceof JsonObject keys)) {
                throw new IllegalArgumentException(where + ", " + entry.getKey() + " must be a JSON object");
            }
            for (Map.Entry<String, JsonElement> key : keys.entrySet()) {
                conditions.add(of(operator, key, where + ", " + entry.getKey() + ", " + key.getKey()));
            }
        }
        return conditions;
    }

    private static Condition of(Operator operator, Map.Entry<String, JsonElement> key, String where) {
        List<Expectation> tests = new ArrayList<>();
        for (String value : PolicyJson.texts(key.getValue(), where)) {
            try {
                tests.add(operator.test().apply(value));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(where + " has a value of the wrong form: \"" + value + "\"", e);
            }
        }
        return new Condition(operator, key.getKey(), List.copyOf(tests));
    }

    boolean holds(Map<String, String> context) {
        String actual = context.get(key);
        boolean any = actual != null && tests.stream().anyMatch(test -> test.isMetBy(actual));
        return any != operator.negated();
    }

    private static Map<String, Operator> operators() {
        Map<String, Operator> operators = new HashMap<>();
        both(operators, "StringEquals", "StringNotEquals", expected -> expected::equals);
        both(operators, "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", expected -> expected::equalsIgnoreCase);
        both(operators, "StringLike", "StringNotLike", expected -> Wildcard.caseSensitive(expected)::matches);
        ordered(operators, "Numeric", BigDecimal::new);
        ordered(operators, "Date", text -> OffsetDateTime.parse(text).toInstant());
        both(operators, "IpAddress", "NotIpAddress", expected -> IpRange.parse(expected)::contains);
        operators.put("Bool", new Operator(false, Condition::bool));
        return Map.copyOf(operators);
    }

    private static void both(
            Map<String, Operator> operators, String name, String negation, Function<String, Expectation> test) {
        operators.put(name, new Operator(false, test));
        operators.put(negation, new Operator(true, test));
    }

    private static <T extends Comparable<T>> void ordered(
            Map<String, Operator> operators, String type, Function<String, T> parser) {
        both(operators, type + "Equals", type + "NotEquals", comparing(parser, order -> order == 0));
        operators.put(type + "LessThan", new Operator(false, comparing(parser, order -> order < 0)));
        operators.put(type + "LessThanEquals", new Operator(false, comparing(parser, order -> order <= 0)));
        operators.put(type + "GreaterThan", new Operator(false, comparing(parser, order -> order > 0)));
        operators.put(type + "GreaterThanEquals", new Operator(false, comparing(parser, order -> order >= 0)));
    }

    private static <T extends Comparable<T>> Function<String, Expectation> comparing(
            Function<String, T> parser, IntPredicate order) {
        return text -> {
            T expected = parser.apply(text);
            return actual -> {
                T value = parsed(actual, parser);
                return value != null && order.test(value.compareTo(expected));
            };
        };
    }

    private static <T> @Nullable T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private static Expectation bool(String expected) {
        String lowerCase = expected.toLowerCase(Locale.ROOT);
        if (!lowerCase.equals("true") && !lowerCase.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return lowerCase::equalsIgnoreCase;
    }

    /** @param negated whether it holds when the test fails for all values, or the key has no value */
    private record Operator(boolean negated, Function<String, Expectation> test) {}

    /** What the policy expects of a value. */
    private interface Expectation {
        boolean isMetBy(String actual);
    }
}
