package dev.tumbler.emulator.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Text of any characters, none included, with those that encodings trip over more often than the rest. */
public final class AnyText {
    private AnyText() {}

    public static Arbitrary<String> arbitrary() {
        Arbitrary<Integer> tricky = Arbitraries.of("abzAZ019-_.~*+ %&=/?#!'()\"\\<>{}\r\n\tü山中商事𠮷🔑\u0000\u007f\u2028"
                .codePoints()
                .boxed()
                .toList());
        Arbitrary<Integer> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
        return Arbitraries.frequencyOf(Tuple.of(3, tricky), Tuple.of(1, any))
                .list()
                .ofMaxSize(60)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }
}
