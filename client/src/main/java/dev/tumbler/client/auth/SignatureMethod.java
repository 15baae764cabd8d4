package dev.tumbler.client.auth;

/** How requests are signed with an {@link AccessKey}. The service takes both. */
public enum SignatureMethod {
    /** Signature V3, over the headers and the hash of the body. The default. */
    ACS3_HMAC_SHA256,
    /** The RPC signature V1, over all parameters; for gateways and proxies that do not keep headers as they are. */
    HMAC_SHA1
}
