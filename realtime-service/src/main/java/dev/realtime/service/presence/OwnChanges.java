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
 * Notes which of this instance's members are not as they were last looked at: each once, however often it changed, so
 * there are never more notes than sockets that were there since.
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

    /** Has this called after each note; it must not wait. */
    void onNote(Runnable listener) {
        told = listener;
    }

    /** Takes the notes. What changes from now on is noted again. */
    List<Member> take() {
        List<Member> taken = new ArrayList<>();
        for (Iterator<Member> each = changed.iterator(); each.hasNext(); ) {
            Member member = each.next();
            // Taken out first: a change while it is looked at must not be lost.
            each.remove();
            taken.add(member);
        }
        return taken;
    }
}
