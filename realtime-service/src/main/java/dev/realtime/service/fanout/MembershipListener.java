package dev.realtime.service.fanout;

/** Hears that somebody came, went, is somebody else now, or is in other rooms. */
@FunctionalInterface
public interface MembershipListener {

    /**
     * Something about a member is not as it was. Called under the member's monitor, on any thread: to be noted, and looked
     * at later.
     */
    void onChange(Member member);
}
