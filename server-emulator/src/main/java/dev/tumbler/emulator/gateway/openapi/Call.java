package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.journal.PermissionUse;
import dev.tumbler.emulator.ram.AccessRequest;
import dev.tumbler.emulator.ram.Caller;
import dev.tumbler.emulator.ram.Principal;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One call of an action.
 *
 * @param parameters what it was called with
 * @param caller who called it
 * @param context what policies may ask about the request: condition keys and their values
 * @param uses who notes which permissions it needed
 */
public record Call(Parameters parameters, Caller caller, Map<String, String> context, Consumer<PermissionUse> uses) {
    public Call {
        context = Map.copyOf(context);
    }

    /** Notes that it needed a permission. */
    public void used(AccessRequest need, boolean granted) {
        Principal principal = caller.principal();
        String arn = principal instanceof Principal.AssumedRole session
                ? session.role().arn()
                : principal.arn();
        uses.accept(new PermissionUse(arn, caller.accessKeyId(), need.action(), need.resource(), granted));
    }
}
