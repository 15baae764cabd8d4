package dev.tumbler.client.jdbc;

import java.sql.DriverPropertyInfo;

/** A setting of the driver, with its name in connection properties, URLs and system properties. */
enum DriverProperty {
    REGION("region", "The region of KMS, like cn-hangzhou"),
    ENDPOINT("endpoint", "The URI of KMS, if it is not that of the region"),
    VPC("vpc", "Whether to call the region from inside a VPC: true or false"),
    INSTANCE("instance", "The KMS instance whose gateway is called, like kst-..."),
    CA_CERTIFICATE("caCertificate", "A PEM file with the authority of the certificate of KMS"),
    ACCESS_KEY_ID("accessKeyId", "The access key id; without it the default credential chain is asked"),
    ACCESS_KEY_SECRET("accessKeySecret", "The access key secret; not in a URL"),
    SECURITY_TOKEN("securityToken", "The security token of a temporary access key; not in a URL"),
    CALL_TIMEOUT("callTimeout", "The longest time of a read of KMS, an ISO duration like PT10S"),
    REFRESH_INTERVAL("refreshInterval", "The longest time between two reads of a secret, an ISO duration like PT10M"),
    LOGIN_RETRY_TIMEOUT(
            "loginRetryTimeout", "How long a refused login waits for a newer version, an ISO duration like PT10S");

    private final String key;
    private final String description;

    DriverProperty(String name, String description) {
        this.key = JdbcUrl.SETTING_PREFIX + name;
        this.description = description;
    }

    /** Returns the name. */
    String key() {
        return key;
    }

    /** Describes it for tools. Its value is left out: some are secret. */
    DriverPropertyInfo info() {
        DriverPropertyInfo info = new DriverPropertyInfo(key, null);
        info.description = description;
        return info;
    }

    @Override
    public String toString() {
        return key;
    }
}
