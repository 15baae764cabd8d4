package dev.tumbler.emulator.ram;

/**
 * Who sent a request.
 *
 * @param principal the identity behind the access key
 * @param accessKeyId the access key that signed; not necessarily a registered one, and empty if none did
 */
public record Caller(Principal principal, String accessKeyId) {
    /** The account itself. */
    Caller(String accountId, String accessKeyId) {
        this(new Principal.Account(accountId), accessKeyId);
    }

    /** Who calls without a signature. */
    public static Caller anonymous() {
        return new Caller(new Principal.Anonymous(), "");
    }

    /** The Alibaba Cloud account, a number of up to 16 digits. */
    public String accountId() {
        return principal.accountId();
    }
}
