package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.blocks.BlocksChanged;
import dev.realtime.service.launch.StartGate;
import dev.realtime.service.recovery.SessionStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Opens no socket before the list of blocked users is known, and closes the sockets of users who are blocked later. */
@Component
final class BlockedUsers implements StartGate {

    private final BlockList blocks;
    private final Sockets sockets;
    private final SessionStore sessions;

    /**
     * How many sockets were closed here for each blocked user since {@link #closeNow} was last called for that user.
     */
    private final Map<String, Integer> closed = new ConcurrentHashMap<>();

    BlockedUsers(BlockList blocks, Sockets sockets, SessionStore sessions) {
        this.blocks = blocks;
        this.sockets = sockets;
        this.sessions = sessions;
    }

    @Override
    public String description() {
        return "the block list in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return blocks.known();
    }

    /**
     * Reads the list and returns how many of a user's sockets were closed because the user is blocked, including those
     * that this instance closed just before on its own. May block.
     */
    int closeNow(String userKey) {
        blocks.refresh();
        Integer count = closed.remove(userKey);
        return count == null ? 0 : count;
    }

    @EventListener
    void onBlocked(BlocksChanged changed) {
        closed.keySet().removeIf(userKey -> blocks.blockedUntil(userKey).isEmpty());
        for (String userKey : changed.userKeys()) {
            List<IdentifiedSocket> here = sockets.ofUser(userKey);
            closed.put(userKey, here.size());
            here.forEach(socket -> socket.close(CloseCode.USER_BLOCKED));
            // Also those of tabs that are away, or whose instance was killed.
            sessions.endAllOf(userKey);
        }
    }
}
