package dev.realtime.service.presence;

import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.MembershipListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Records which of this instance's members changed since they were last taken: each member once, however often it
 * changed, so there are never more records than sockets that existed since.
 */
@Component
final class OwnChanges implements MembershipListener {

    private final Set<Member> changed = ConcurrentHashMap.newKeySet();
    private volatile Runnable told = () -> {};

    @Override
    public void onChange(Member member) {
        changed.add(member);
        told.run();
    }

    /** Registers a listener that is called after each record; the listener must not block. */
    void onNote(Runnable listener) {
        told = listener;
    }

    /** Takes the changed members. Later changes are recorded again. */
    List<Member> take() {
        List<Member> taken = new ArrayList<>();
        for (Iterator<Member> each = changed.iterator(); each.hasNext(); ) {
            Member member = each.next();
            // Removed before it is read: a change made meanwhile must not be lost.
            each.remove();
            taken.add(member);
        }
        return taken;
    }
}
