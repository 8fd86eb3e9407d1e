package dev.realtime.service.gateway.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Resolves the addresses that instances register. IP addresses are resolved immediately; names are resolved on a
 * virtual thread, and again every 30 s. If name resolution fails, the last result stays in use.
 */
@Component
final class PeerAddresses {

    private static final Logger log = LoggerFactory.getLogger(PeerAddresses.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** There are never more instances; entries beyond this number belong to instances that are gone. */
    private static final int MOST = 1_000;

    private final Map<String, Resolved> resolved = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Optional<InetSocketAddress>>> pending = new ConcurrentHashMap<>();

    /** A result and its time, {@link System#nanoTime()}; a result without a time never expires. */
    private record Resolved(
            InetSocketAddress address, @Nullable Long since) {

        boolean isGood() {
            return since == null || System.nanoTime() - since < GOOD_FOR.toNanos();
        }
    }

    /**
     * Returns the address to connect to; empty if the text is not an address or the name is unknown. Never blocks and
     * never fails.
     */
    CompletableFuture<Optional<InetSocketAddress>> resolve(String address) {
        Resolved known = resolved.get(address);
        if (known != null && known.isGood()) {
            return CompletableFuture.completedFuture(Optional.of(known.address));
        }
        HostPort parsed;
        try {
            parsed = HostPort.parse(address, 0);
        } catch (IllegalArgumentException e) {
            log.debug("Ignoring an instance's address in the register: not an address", e);
            return CompletableFuture.completedFuture(Optional.empty());
        }
        InetSocketAddress literal = literal(parsed);
        if (literal != null) {
            remember(address, new Resolved(literal, null));
            return CompletableFuture.completedFuture(Optional.of(literal));
        }
        Optional<InetSocketAddress> otherwise = Optional.ofNullable(known).map(Resolved::address);
        return pending.computeIfAbsent(address, unused -> ask(address, parsed, otherwise));
    }

    private static @Nullable InetSocketAddress literal(HostPort address) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address.host()), address.port());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private CompletableFuture<Optional<InetSocketAddress>> ask(
            String address, HostPort parsed, Optional<InetSocketAddress> otherwise) {
        var answer = new CompletableFuture<Optional<InetSocketAddress>>()
                .completeOnTimeout(otherwise, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("peer-name").start(() -> {
            Optional<InetSocketAddress> found = otherwise;
            try {
                InetSocketAddress now = parsed.resolve();
                if (now != null) {
                    remember(address, new Resolved(now, System.nanoTime()));
                    found = Optional.of(now);
                }
            } finally {
                pending.remove(address);
                answer.complete(found);
            }
        });
        return answer;
    }

    private void remember(String address, Resolved answer) {
        if (resolved.size() >= MOST) {
            resolved.clear();
        }
        resolved.put(address, answer);
    }
}
