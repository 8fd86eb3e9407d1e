package dev.realtime.service.gateway.budget;

import dev.realtime.service.gateway.budget.ClientBudgets.Client;
import dev.realtime.socketio.engine.session.SessionBudget;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection holds. Code that keeps a client's bytes takes them from this budget first and gives
 * them back when they are handled or dropped; {@link #close()} gives back the rest. Thread-safe; the monitor is held
 * only for a few additions.
 */
public final class ConnectionBudget implements SessionBudget {

    private final ByteBudgets budgets;
    private final int identifiedBound;
    private int bound;

    /** The client that the bytes count for besides this connection: the address, then the user key. */
    private Object owner;

    private boolean identified;
    private boolean closed;
    private int held;

    /** Set while the connection holds more than a small message. */
    private @Nullable Client client;

    ConnectionBudget(ByteBudgets budgets, InetAddress address, int anonymousBound, int identifiedBound) {
        this.budgets = budgets;
        this.owner = address;
        this.bound = anonymousBound;
        this.identifiedBound = identifiedBound;
    }

    /** Takes bytes before they are kept. Returns false, and takes nothing, if one of the three budgets has no room. */
    @Override
    public boolean take(int bytes) {
        BudgetLevel full = tryTake(bytes);
        if (full != null) {
            budgets.refuse(full);
        }
        return full == null;
    }

    private synchronized @Nullable BudgetLevel tryTake(int bytes) {
        if (closed || bytes > bound - held) {
            return BudgetLevel.CONNECTION;
        }
        int then = held + bytes;
        if (!budgets.take(bytes, then, identified)) {
            return BudgetLevel.INSTANCE;
        }
        if (then > ByteBudgets.SMALL && !takeOfClient(client == null ? then : bytes)) {
            budgets.give(bytes);
            return BudgetLevel.CLIENT;
        }
        held = then;
        return null;
    }

    private boolean takeOfClient(int bytes) {
        Client entered = client == null ? enter() : client;
        if (entered == null || entered.take(bytes)) {
            client = entered;
            return true;
        }
        if (client == null) {
            entered.leave();
        }
        return false;
    }

    /** Gives back bytes that were taken. Does nothing after {@link #close()}. */
    @Override
    public synchronized void give(int bytes) {
        if (closed) {
            return;
        }
        if (bytes > held) {
            throw new IllegalArgumentException("Cannot release " + bytes + " bytes: only " + held + " are held");
        }
        budgets.give(bytes);
        int before = held;
        held -= bytes;
        Client entered = client;
        if (entered == null) {
            return;
        }
        if (held > ByteBudgets.SMALL) {
            entered.give(bytes);
        } else {
            leave(entered, before);
        }
    }

    /** Identifies the connection: its bytes count for the user from now on, and its limit is higher. */
    @Override
    public synchronized void identify(String userKey) {
        if (closed) {
            return;
        }
        bound = identifiedBound;
        identified = true;
        Client before = client;
        owner = userKey;
        if (before != null) {
            leave(before, held);
        }
        if (held > ByteBudgets.SMALL) {
            client = enter();
            if (client != null) {
                client.takeAnyway(held);
            }
        }
    }

    /** Gives back everything; nothing can be taken afterwards. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        budgets.give(held);
        if (client != null) {
            leave(client, held);
        }
        held = 0;
    }

    @Override
    public synchronized int held() {
        return held;
    }

    /** Returns null for addresses that many clients share. */
    private @Nullable Client enter() {
        if (owner instanceof InetAddress address) {
            return budgets.isShared(address) ? null : budgets.clients().enter(ClientNetwork.of(address));
        }
        return budgets.clients().enter(owner);
    }

    private void leave(Client left, int bytes) {
        left.give(bytes);
        left.leave();
        client = null;
    }
}
