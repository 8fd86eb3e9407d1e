package dev.realtime.service.gateway.server;

import dev.realtime.service.gateway.budget.ByteBudgets;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.socketio.engine.session.ClientBounds;
import dev.realtime.socketio.engine.session.SessionBudget;
import java.net.InetAddress;

/** The limits of clients and of the instance, as the engine asks for them. */
final class SharedBounds implements ClientBounds {

    private final ClientLimits limits;
    private final ByteBudgets budgets;
    private final int identifiedBytes;

    /** @throws IllegalArgumentException if one session may hold more than one client may hold in total */
    SharedBounds(ClientLimits limits, ByteBudgets budgets, int identifiedBytes) {
        if (identifiedBytes > budgets.properties().perClient().toBytes()) {
            throw new IllegalArgumentException(
                    "realtime.budget.per-client must be at least 3 times realtime.engine.max-payload, "
                            + identifiedBytes + " bytes, but is "
                            + budgets.properties().perClient());
        }
        this.limits = limits;
        this.budgets = budgets;
        this.identifiedBytes = identifiedBytes;
    }

    @Override
    public boolean mayOpen(InetAddress address) {
        return limits.hasRoomFor(address);
    }

    @Override
    public boolean enterUnidentified(InetAddress address) {
        return limits.enterAddress(address);
    }

    @Override
    public void leaveUnidentified(InetAddress address) {
        limits.leaveAddress(address);
    }

    @Override
    public boolean allowsBytes(String user, int bytes) {
        return limits.allowsBytes(user, bytes);
    }

    @Override
    public SessionBudget open(InetAddress address) {
        return budgets.open(address, identifiedBytes);
    }
}
