package dev.realtime.service.fanout;

/** Is told when a member enters, leaves, changes its identity, or changes rooms. */
@FunctionalInterface
public interface MembershipListener {

    /**
     * Something about a member has changed. Called under the member's monitor, on any thread: take note only, and look
     * later.
     */
    void onChange(Member member);
}
