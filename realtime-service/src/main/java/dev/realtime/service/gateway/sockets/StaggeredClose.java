package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Closes all sockets of this instance, a few at a time, with a code that makes clients reconnect: thousands that
 * reconnect in the same second would slow everybody down. Sockets that connect meanwhile stay open. Thread-safe; never
 * waits.
 */
@Component
public final class StaggeredClose extends Beating {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration OTHERWISE = Duration.ofMinutes(1);

    /** This many at once slow nobody down. */
    private static final int FEW = 20;

    private final Sockets sockets;
    /** The sockets that remain to be closed; guards itself, {@link #code} and {@link #slice}. */
    private final Set<IdentifiedSocket> waiting = new LinkedHashSet<>();

    private CloseCode code = CloseCode.SERVER_SHUTDOWN;
    private int slice = FEW;

    StaggeredClose(Sockets sockets) {
        super("staggered-close");
        this.sockets = sockets;
    }

    /**
     * Closes the sockets that are here now. A socket that is already waiting is closed once.
     *
     * @param within how long closing may take; few sockets take less
     * @return how many sockets will be closed
     */
    public int closeAll(CloseCode why, Duration within) {
        List<IdentifiedSocket> all = List.copyOf(sockets.here());
        int count;
        synchronized (waiting) {
            waiting.addAll(all);
            count = waiting.size();
            code = why;
            long slices = Math.max(1, within.dividedBy(INTERVAL));
            slice = Math.max(FEW, Math.toIntExact(Math.ceilDiv(count, slices)));
        }
        if (count > 0) {
            wake();
        }
        return count;
    }

    @Override
    protected Duration beat() {
        List<IdentifiedSocket> next = new ArrayList<>();
        CloseCode why;
        boolean more;
        synchronized (waiting) {
            why = code;
            Iterator<IdentifiedSocket> first = waiting.iterator();
            while (first.hasNext() && next.size() < slice) {
                next.add(first.next());
                first.remove();
            }
            more = !waiting.isEmpty();
        }
        next.forEach(socket -> socket.close(why));
        return more ? INTERVAL : OTHERWISE;
    }
}
