package dev.tumbler.emulator.conformance;

import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import dev.tumbler.emulator.ram.AccessKey;

/** The SDKs that run the suite, each in each of its habits on the wire. */
enum OfficialSdk {
    V2_ACS3("SDK V2, ACS3"),
    V2_SIGNATURE_V1("SDK V2, HMAC-SHA1"),
    CLASSIC_JSON("classic SDK, JSON"),
    CLASSIC_XML("classic SDK, XML"),
    V2_ASYNC("async SDK V2");

    private final String title;

    OfficialSdk(String title) {
        this.title = title;
    }

    Sdk connect(String protocol, String hostAndPort, String region, AccessKey key) {
        return switch (this) {
            case V2_ACS3 -> new SdkV2(v2(protocol, hostAndPort, key));
            case V2_SIGNATURE_V1 -> new SdkV2(v2(protocol, hostAndPort, key).setSignatureAlgorithm("v2"));
            case CLASSIC_JSON -> classic(protocol, hostAndPort, region, key, FormatType.JSON);
            case CLASSIC_XML -> classic(protocol, hostAndPort, region, key, FormatType.XML);
            case V2_ASYNC -> new AsyncSdk(protocol, hostAndPort, region, key);
        };
    }

    boolean isClassic() {
        return this == CLASSIC_JSON || this == CLASSIC_XML;
    }

    private static Config v2(String protocol, String hostAndPort, AccessKey key) {
        return new Config()
                .setEndpoint(hostAndPort)
                .setProtocol(protocol)
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret());
    }

    private static Sdk classic(String protocol, String hostAndPort, String region, AccessKey key, FormatType format) {
        return new ClassicSdk(
                DefaultProfile.getProfile(region, key.id(), key.secret()),
                hostAndPort,
                ProtocolType.valueOf(protocol),
                format);
    }

    @Override
    public String toString() {
        return title;
    }
}
