package dev.realtime.service.journal;

import java.util.List;

/**
 * What is known of a user.
 *
 * @param sockets the connections, by when they began
 * @param blocks by when they began
 * @param refusals the attempts to connect that were refused
 * @param known what was before this time, in milliseconds by Redis' clock, is not known any more; 0 if everything is
 */
public record UserJournal(
        List<SocketNote> sockets, List<BlockNote> blocks, List<RefusedConnects> refusals, long known) {

    /**
     * A block, or the end of one.
     *
     * @param at when, in milliseconds by Redis' clock
     * @param until until when the user is blocked; {@code at} for the end of a block
     */
    public record BlockNote(long at, long until) {}

    /**
     * Attempts to connect that were refused for the same reason, without a connection in between.
     *
     * @param code the code of the refusal
     * @param first when the first was, in milliseconds by Redis' clock
     * @param last when the last was
     */
    public record RefusedConnects(String code, long first, long last) {}

    /** Whether the user was blocked at a time. */
    public boolean isBlocked(long at) {
        BlockNote latest = blocks.stream()
                .filter(block -> block.at() <= at)
                .reduce((one, later) -> later)
                .orElse(null);
        return latest != null && at < latest.until();
    }
}
