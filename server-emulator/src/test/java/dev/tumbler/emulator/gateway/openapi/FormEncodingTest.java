package dev.tumbler.emulator.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.openapiutil.Client;
import dev.tumbler.emulator.conformance.AnyText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Queries and forms, as each SDK encodes them. */
class FormEncodingTest {
    /** SDK V2 writes a space as {@code +}, and {@code *} raw. */
    @Property
    void anyParameters_encodedAsAForm_comeBack(@ForAll("parameters") Map<String, String> parameters) {
        assertThat(FormEncoding.decode(encode(parameters, text -> URLEncoder.encode(text, StandardCharsets.UTF_8))))
                .isEqualTo(parameters);
    }

    /** The classic SDK writes a space as {@code %20}. */
    @Property
    void anyParameters_percentEncoded_comeBack(@ForAll("parameters") Map<String, String> parameters) {
        assertThat(FormEncoding.decode(encode(parameters, FormEncodingTest::percentEncode)))
                .isEqualTo(parameters);
    }

    /** Node leaves {@code ! ' ( ) * ~} raw. */
    @Property
    void anyParameters_encodedAsNodeDoes_comeBack(@ForAll("parameters") Map<String, String> parameters) {
        assertThat(FormEncoding.decode(encode(
                        parameters,
                        text -> percentEncode(text)
                                .replace("%21", "!")
                                .replace("%27", "'")
                                .replace("%28", "(")
                                .replace("%29", ")")
                                .replace("%2A", "*"))))
                .isEqualTo(parameters);
    }

    @Test
    void emptyPairs_areLeftOut_andTheFirstOfANameWins() {
        assertThat(FormEncoding.decode("&a=1&&b&a=2&=3&")).isEqualTo(Map.of("a", "1", "b", "", "", "3"));
    }

    private static String encode(Map<String, String> parameters, UnaryOperator<String> encoding) {
        return parameters.entrySet().stream()
                .map(p -> encoding.apply(p.getKey()) + "=" + encoding.apply(p.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String percentEncode(String text) {
        try {
            return Client.percentEncode(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Provide
    Arbitrary<Map<String, String>> parameters() {
        return Arbitraries.maps(AnyText.arbitrary(), AnyText.arbitrary())
                .ofMaxSize(8)
                .map(LinkedHashMap::new);
    }
}
