package dev.realtime.service.drain;

import dev.realtime.contracts.CloseCode;
import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import dev.realtime.service.gateway.sockets.SocketState;
import dev.realtime.service.gateway.sockets.Sockets;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Delays the application's shutdown until its sockets have moved to other instances; everything is served meanwhile. It
 * must never take longer than {@code realtime.drain.time}, whatever Redis or a socket does, plus {@link #LAST_WORDS}
 * for the remaining sockets.
 */
@Component
final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private static final Duration TICK = Duration.ofMillis(50);

    /** Long enough for frequent callers to have got an answer with {@code Connection: close}. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** How long the remaining sockets have to be told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ApplicationContext application;
    private final Duration time;
    private final Successors successors;
    private final List<DrainOrder> orders;
    private final Sockets sockets;
    private final EngineSessions sessions;
    private final FrontDoorServer frontDoor;

    /** The closes that may not be done yet; used by the closing thread only. */
    private final List<CompletableFuture<Integer>> asked = new ArrayList<>();

    Drain(
            ApplicationContext application,
            DrainProperties properties,
            Successors successors,
            List<DrainOrder> orders,
            Sockets sockets,
            EngineSessions sessions,
            FrontDoorServer frontDoor) {
        this.application = application;
        this.time = properties.time();
        this.successors = successors;
        this.orders = List.copyOf(orders);
        this.sockets = sockets;
        this.sessions = sessions;
        this.frontDoor = frontDoor;
    }

    /**
     * Drains. Readiness has fallen by now. Runs before all other listeners and before anything is stopped, since those
     * stop serving.
     */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void onClosed(ContextClosedEvent event) {
        // The binders have child contexts, whose events arrive here too.
        if (event.getApplicationContext() != application) {
            return;
        }
        try {
            if (!time.isZero() && successors.any()) {
                moveAway();
            }
        } catch (RuntimeException e) {
            log.error("Draining failed; asking all sockets to move at once", e);
        } finally {
            tellAll();
        }
    }

    private void moveAway() {
        log.info("Draining: asking {} sockets to move within {} s", sockets.size(), time.toSeconds());
        sessions.refuseWhile(successors::any);
        frontDoor.closeAfterAnswers();
        DrainPlan plan = new DrainPlan(time, orders);
        TunnelPlan tunnels = new TunnelPlan(time);
        long began = System.nanoTime();
        boolean taken = waitFor(time, () -> {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
            plan.due(elapsed, sockets::all).forEach(this::askToMove);
            frontDoor.closeTunnels(tunnels.due(elapsed, frontDoor.tunnels()));
            boolean gone = sessions.size() == 0 && frontDoor.tunnels() == 0;
            return (gone && elapsed.compareTo(LEAST) >= 0) || !successors.any();
        });
        if (!successors.any()) {
            log.info("No other instance is ready any more; asking {} sockets to move at once", sockets.size());
        } else {
            log.info(
                    "Drained in {} s, {} sockets are left{}",
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    sockets.size(),
                    taken ? "" : " and are asked to move at once");
        }
    }

    /**
     * A closed socket is gone before its client has been told: a client that polls learns it from its next poll. So the
     * end of the sessions is waited for, and those without a socket are closed once all sockets have said their last
     * words.
     */
    private void tellAll() {
        sockets.all().stream().map(SocketState::socketId).forEach(this::askToMove);
        waitFor(LAST_WORDS, () -> {
            if (asked.stream().allMatch(CompletableFuture::isDone)) {
                sessions.all().forEach(session -> session.closeAfter(List.of(), EndReason.SERVER_CLOSE));
            }
            return sessions.size() == 0;
        });
    }

    private void askToMove(String socketId) {
        // Not awaited: a socket that is held up, say in a replay, must not hold up the others.
        asked.removeIf(CompletableFuture::isDone);
        asked.add(sockets.close(socketId, CloseCode.SERVER_SHUTDOWN, CloseCode.SERVER_SHUTDOWN.message()));
    }

    /** Whether the condition became true within that time. */
    private static boolean waitFor(Duration most, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began >= most.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
