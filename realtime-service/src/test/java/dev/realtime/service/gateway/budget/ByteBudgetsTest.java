package dev.realtime.service.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What connections, clients and the instance may hold. */
class ByteBudgetsTest {

    private static final int KB = 1024;
    private static final int MB = 1024 * KB;
    private static final int IDENTIFIED = 3 * MB;
    private static final String ELSEWHERE = "198.51.100.7";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ByteBudgets budgets = budgets(400 * MB);

    @Test
    void aConnectionWithoutAnIdentityHoldsLittle() {
        ConnectionBudget connection = open(ELSEWHERE);
        assertThat(connection.take(20 * KB)).isTrue();
        assertThat(connection.take(13 * KB)).isFalse();
        assertThat(connection.held()).isEqualTo(20 * KB);
        assertThat(refused("connection")).isEqualTo(1);
        connection.give(20 * KB);
        assertThat(connection.take(32 * KB)).isTrue();
        connection.close();
        assertNothingIsHeld();
    }

    @Test
    void anIdentityMakesRoomAndTakesWhatIsHeldAlong() {
        ConnectionBudget connection = open(ELSEWHERE);
        assertThat(connection.take(30 * KB)).isTrue();
        connection.identify("user:17");
        assertThat(budgets.clientsHolding()).isEqualTo(1);
        assertThat(connection.take(IDENTIFIED - 30 * KB)).isTrue();
        assertThat(connection.take(1)).isFalse();
        connection.give(IDENTIFIED);
        assertNothingIsHeld();
        connection.close();
    }

    @Test
    void theConnectionsOfAUserShareABudgetWhereverTheyComeFrom() {
        List<ConnectionBudget> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            connections.add(identified("198.51.100." + i, "user:17"));
        }
        assertThat(connections.get(0).take(IDENTIFIED)).isTrue();
        assertThat(connections.get(1).take(IDENTIFIED)).isTrue();
        assertThat(connections.get(2).take(2 * MB + 1)).isFalse();
        assertThat(refused("client")).isEqualTo(1);
        assertThat(connections.get(2).take(2 * MB)).isTrue();
        ConnectionBudget other = identified("198.51.100.0", "user:18");
        assertThat(other.take(2 * MB)).as("another user").isTrue();
        connections.get(1).close();
        assertThat(connections.get(3).take(IDENTIFIED)).isTrue();
        connections.forEach(ConnectionBudget::close);
        other.close();
        assertNothingIsHeld();
    }

    @Test
    void addressesOfOneNetworkShareABudgetAndLoopbackHasNone() {
        List<ConnectionBudget> connections = new ArrayList<>();
        int held = fill("2001:db8::%d", connections);
        assertThat(held).isEqualTo(8 * MB);
        assertThat(budgets.clientsHolding()).isEqualTo(1);
        assertThat(fill("127.0.0.%d", connections)).isGreaterThan(8 * MB);
        assertThat(budgets.clientsHolding()).isEqualTo(1);
        connections.forEach(ConnectionBudget::close);
        assertNothingIsHeld();
    }

    /** What nobody has an identity for is half of all, and a small message finds room when a large one does not. */
    @Test
    void theInstanceKeepsRoomForThoseWithAnIdentityAndForSmallMessages() {
        List<ConnectionBudget> connections = new ArrayList<>();
        assertThat(fill("127.0.0.%d", connections)).isBetween(40 * MB - 32 * KB, 40 * MB);
        ConnectionBudget honest = identified(ELSEWHERE, "user:1");
        assertThat(honest.take(2 * MB)).isTrue();
        honest.give(2 * MB);
        for (int i = 0; budgets.held() + MB <= 64 * MB; i++) {
            ConnectionBudget greedy = identified(ELSEWHERE, "user:1" + i);
            connections.add(greedy);
            assertThat(greedy.take(MB)).isTrue();
        }
        assertThat(honest.take(MB)).isFalse();
        assertThat(refused("instance")).isPositive();
        assertThat(honest.take(ByteBudgets.SMALL)).isTrue();
        honest.close();
        connections.forEach(ConnectionBudget::close);
        assertNothingIsHeld();
    }

    @Test
    void theEndIsFinal() {
        ConnectionBudget connection = identified(ELSEWHERE, "user:17");
        assertThat(connection.take(MB)).isTrue();
        connection.close();
        connection.close();
        connection.give(MB);
        connection.identify("user:18");
        assertThat(connection.take(1)).isFalse();
        assertNothingIsHeld();
    }

    @Test
    void nobodyGivesBackWhatWasNotTaken() {
        ConnectionBudget connection = open(ELSEWHERE);
        assertThat(connection.take(5)).isTrue();
        assertThatThrownBy(() -> connection.give(6)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever happens at once on however many threads, in the end nothing is held and no client has an entry. */
    @Test
    void nothingIsLostBetweenThreads() throws Exception {
        int threads = 8;
        List<ConnectionBudget> connections = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            connections.add(open("198.51.100." + i % 5));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(executor.submit(() -> takeAndGive(connections)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(connections.stream().mapToInt(ConnectionBudget::held).sum()).isZero();
        assertNothingIsHeld();
    }

    private static void takeAndGive(List<ConnectionBudget> connections) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int round = 0; round < 20_000; round++) {
            ConnectionBudget connection = connections.get(random.nextInt(connections.size()));
            int bytes = random.nextInt(4 * KB);
            if (random.nextInt(1_000) == 0) {
                connection.identify("user:" + random.nextInt(3));
            }
            if (random.nextInt(20_000) == 0) {
                connection.close();
            }
            if (connection.take(bytes)) {
                connection.give(bytes);
            }
        }
    }

    @Test
    void refusesABoundThatIsNonsense() {
        assertThatThrownBy(() -> new BudgetProperties(0.2, 0.15, DataSize.ofBytes(1), DataSize.ofMegabytes(8)))
                .hasMessageContaining("realtime.budget.before-identity");
        assertThatThrownBy(() -> new BudgetProperties(0.2, 0.15, DataSize.ofKilobytes(32), DataSize.ofBytes(1)))
                .hasMessageContaining("realtime.budget.per-client");
    }

    /** Fills as much as connections without an identity get from these addresses. */
    private int fill(String addresses, List<ConnectionBudget> connections) {
        int taken = 0;
        for (int i = 1; i < 2_000; i++) {
            ConnectionBudget connection = open(addresses.formatted(i % 250));
            connections.add(connection);
            if (!connection.take(32 * KB)) {
                return taken;
            }
            taken += 32 * KB;
        }
        return taken;
    }

    private ConnectionBudget identified(String address, String user) {
        ConnectionBudget connection = open(address);
        connection.identify(user);
        return connection;
    }

    private ConnectionBudget open(String address) {
        return budgets.open(address(address), IDENTIFIED);
    }

    private ByteBudgets budgets(long heap) {
        BudgetProperties properties =
                new BudgetProperties(0.2, 0.15, DataSize.ofKilobytes(32), DataSize.ofMegabytes(8));
        return new ByteBudgets(properties, address -> false, meters, heap);
    }

    private double refused(String level) {
        return meters.counter("realtime.budget.refused", "level", level).count();
    }

    private void assertNothingIsHeld() {
        assertThat(budgets.held()).isZero();
        assertThat(budgets.clientsHolding()).isZero();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
