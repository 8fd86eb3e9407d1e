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
 * The instance's budget and those of its clients; connections open theirs here. Metrics: {@code realtime.budget.held} by
 * {@code level} {@code instance}, in bytes, and {@code realtime.budget.refused} by {@code level}. Thread-safe.
 */
@Component
public final class ByteBudgets {

    /**
     * A connection that holds no more than this is not entered with its client, which makes the usual small message cheap,
     * and finds room as long as there is any.
     */
    static final int SMALL = 2 * 1024;

    private final BudgetProperties properties;
    private final SharedAddresses shared;
    private final ClientBudgets clients;
    private final AtomicLong held = new AtomicLong();
    private final long bound;
    private final long queueBound;
    private final Counter[] refused = new Counter[BudgetLevel.values().length];

    /** Budgets by the largest heap that this JVM may have. */
    @Autowired
    public ByteBudgets(BudgetProperties properties, SharedAddresses shared, MeterRegistry meters) {
        this(properties, shared, meters, Runtime.getRuntime().maxMemory());
    }

    /** Budgets by a heap of so many bytes. */
    public ByteBudgets(BudgetProperties properties, SharedAddresses shared, MeterRegistry meters, long maxHeap) {
        this.properties = properties;
        this.shared = shared;
        this.clients = new ClientBudgets(properties.perClient().toBytes());
        this.bound = (long) (maxHeap * properties.heapShare());
        this.queueBound = (long) (maxHeap * properties.queueShare());
        for (BudgetLevel level : BudgetLevel.values()) {
            refused[level.ordinal()] = Counter.builder("realtime.budget.refused")
                    .description("Bytes of clients that found no room, by whose budget was full")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        Gauge.builder("realtime.budget.held", held, AtomicLong::get)
                .description("Bytes of clients that wait to be handled")
                .baseUnit("bytes")
                .tag("level", "instance")
                .register(meters);
    }

    /** The budget of a new connection, which may hold {@link BudgetProperties#beforeIdentity()} until it is identified. */
    public ConnectionBudget open(InetAddress client, int identifiedBound) {
        return open(client, (int) properties.beforeIdentity().toBytes(), identifiedBound);
    }

    /**
     * The budget of a new connection, or of a request that is handled like one.
     *
     * @param client where it comes from
     * @param anonymousBound how many bytes it may hold without an identity
     * @param identifiedBound how many with one
     */
    public ConnectionBudget open(InetAddress client, int anonymousBound, int identifiedBound) {
        return new ConnectionBudget(this, client, anonymousBound, identifiedBound);
    }

    public BudgetProperties properties() {
        return properties;
    }

    /** How many bytes may wait on the way out, for all clients together. */
    public long queueBound() {
        return queueBound;
    }

    /** How many bytes are held on the whole instance. */
    public long held() {
        return held.get();
    }

    /** How many clients have an entry, since they hold more than a small message. */
    int clientsHolding() {
        return clients.size();
    }

    ClientBudgets clients() {
        return clients;
    }

    /** Whether an address counts for nobody. */
    boolean isShared(InetAddress address) {
        return address.isLoopbackAddress() || shared.contains(address);
    }

    /** Takes bytes of the instance's for a connection that holds so many with them; false when there is no room. */
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
