package dev.realtime.service.gateway.budget;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The byte budgets of the instance and of its clients; each connection opens its own budget here. Metrics:
 * {@code realtime.budget.held} in bytes, with {@code level} {@code instance}, and {@code realtime.budget.refused} by
 * {@code level}. Thread-safe.
 */
@Component
public final class ByteBudgets {

    /**
     * A connection that holds at most this much is not counted for its client: small messages stay cheap, and are
     * accepted while the instance has room.
     */
    static final int SMALL = 2 * 1024;

    private final BudgetProperties properties;
    private final SharedAddresses shared;
    private final ClientBudgets clients;
    private final AtomicLong held = new AtomicLong();
    private final long bound;
    private final long queueBound;
    private final Counter[] refused = new Counter[BudgetLevel.values().length];

    /** Creates budgets sized by this JVM's maximum heap. */
    @Autowired
    public ByteBudgets(BudgetProperties properties, SharedAddresses shared, MeterRegistry meters) {
        this(properties, shared, meters, Runtime.getRuntime().maxMemory());
    }

    /** Creates budgets sized by a heap of the given number of bytes. */
    public ByteBudgets(BudgetProperties properties, SharedAddresses shared, MeterRegistry meters, long maxHeap) {
        this.properties = properties;
        this.shared = shared;
        this.clients = new ClientBudgets(properties.perClient().toBytes());
        this.bound = (long) (maxHeap * properties.heapShare());
        this.queueBound = (long) (maxHeap * properties.queueShare());
        for (BudgetLevel level : BudgetLevel.values()) {
            refused[level.ordinal()] = Counter.builder("realtime.budget.refused")
                    .description("Bytes from clients that were refused, by the budget that was full")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        Gauge.builder("realtime.budget.held", held, AtomicLong::get)
                .description("Bytes from clients that wait to be handled")
                .baseUnit("bytes")
                .tag("level", "instance")
                .register(meters);
    }

    /**
     * Opens the budget of a new connection, limited to {@link BudgetProperties#beforeIdentity()} until it is
     * identified.
     */
    public ConnectionBudget open(InetAddress client, int identifiedBound) {
        return open(client, (int) properties.beforeIdentity().toBytes(), identifiedBound);
    }

    /**
     * Opens the budget of a new connection, or of a request that is handled like a connection.
     *
     * @param client the client's address
     * @param anonymousBound how many bytes the connection may hold without an identity
     * @param identifiedBound how many bytes it may hold with an identity
     */
    public ConnectionBudget open(InetAddress client, int anonymousBound, int identifiedBound) {
        return new ConnectionBudget(this, client, anonymousBound, identifiedBound);
    }

    public BudgetProperties properties() {
        return properties;
    }

    /** How many outbound bytes may be queued for all clients together. */
    public long queueBound() {
        return queueBound;
    }

    public long held() {
        return held.get();
    }

    /** How many clients have an entry because they hold more than a small message. */
    int clientsHolding() {
        return clients.size();
    }

    ClientBudgets clients() {
        return clients;
    }

    /** Whether an address is shared, so that its bytes count for no client. */
    boolean isShared(InetAddress address) {
        return address.isLoopbackAddress() || shared.contains(address);
    }

    /**
     * Takes bytes from the instance's budget. {@code heldThen} is what the connection holds including these bytes.
     * Returns false if there is no room.
     */
    boolean take(int bytes, int heldThen, boolean identified) {
        long most = heldThen <= SMALL ? bound : identified ? bound - bound / 5 : bound / 2;
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        held.addAndGet(-bytes);
    }

    void refuse(BudgetLevel level) {
        refused[level.ordinal()].increment();
    }
}
