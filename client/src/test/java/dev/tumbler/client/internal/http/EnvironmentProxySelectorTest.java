package dev.tumbler.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxySelectorTest {
    private static final URI KMS = URI.create("https://kms.cn-hangzhou.aliyuncs.com");

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy:3128/, proxy, 3128",
        "https_proxy, proxy:3128, proxy, 3128",
        "HTTPS_PROXY, http://user:secret@proxy, proxy, 80"
    })
    void https_withAProxy_goesThroughIt(String variable, String value, String host, int port) {
        environment.put(variable, value);
        assertThat(select(KMS)).isEqualTo(List.of(proxy(host, port)));
    }

    @Test
    void schemes_withProxiesOfTheirOwn_areTold() {
        environment.put("HTTPS_PROXY", "a:1");
        environment.put("HTTP_PROXY", "b:2");
        assertThat(select(KMS)).isEqualTo(List.of(proxy("a", 1)));
        assertThat(select(URI.create("http://sts.aliyuncs.com"))).isEqualTo(List.of(proxy("b", 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "aliyuncs.com", ".aliyuncs.com", "*.aliyuncs.com", "other, KMS.cn-hangzhou.aliyuncs.com"})
    void host_thatIsExcluded_isReachedDirectly(String noProxy) {
        environment.put("HTTPS_PROXY", "a:1");
        environment.put("NO_PROXY", noProxy);
        assertThat(select(KMS)).isEqualTo(List.of(Proxy.NO_PROXY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yuncs.com", "cn-hangzhou", ","})
    void host_thatIsNotExcluded_isReachedThroughTheProxy(String noProxy) {
        environment.put("HTTPS_PROXY", "a:1");
        environment.put("NO_PROXY", noProxy);
        assertThat(select(KMS)).isEqualTo(List.of(proxy("a", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:1", "https://127.0.0.1", "https://[::1]:1"})
    void thisMachine_withAProxy_isReachedDirectly(String uri) {
        environment.put("HTTPS_PROXY", "a:1");
        assertThat(select(URI.create(uri))).isEqualTo(List.of(Proxy.NO_PROXY));
    }

    @Test
    void proxy_thatIsNone_isRefusedWithoutShowingIt() {
        environment.put("HTTPS_PROXY", "http://user:c4nary@ho st");
        assertThatThrownBy(() -> select(KMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HTTPS_PROXY and HTTP_PROXY must be like http://host:port")
                .hasNoCause();
    }

    private List<Proxy> select(URI uri) {
        return new EnvironmentProxySelector(environment::get).select(uri);
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }
}
