package dev.tumbler.emulator.gateway.openapi.sts;

import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.ram.Sts;
import java.util.List;

/** The STS API, version 2015-04-01: what of it is emulated. */
public final class StsApi {
    private StsApi() {}

    /** The actions, on this service; it says itself who may do what. */
    public static Api on(Sts sts) {
        return new Api(
                "2015-04-01",
                List.of(),
                List.of(new AssumeRole(sts), new AssumeRoleWithOidc(sts), new GetCallerIdentity()));
    }
}
