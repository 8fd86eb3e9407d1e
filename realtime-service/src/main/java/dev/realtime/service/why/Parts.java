package dev.realtime.service.why;

import dev.realtime.service.journal.Coverage;
import dev.realtime.service.journal.JournalStore.Covered;
import dev.realtime.service.journal.SocketNote;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How far the instances' parts of the journal reach one event. */
final class Parts {

    private final StreamId event;
    private final Map<String, Coverage> told = new HashMap<>();
    private final Map<String, Knowledge> parts = new HashMap<>();
    private final boolean tooOld;

    /**
     * Judges what the instances have told.
     *
     * @param live the instances that are alive now
     * @param now in milliseconds by Redis' clock
     */
    Parts(StreamId event, Covered covered, Set<String> live, Duration retention, long now) {
        this.event = event;
        this.tooOld = event.millis() < covered.since() || event.millis() < now - retention.toMillis();
        for (Coverage instance : covered.instances()) {
            told.put(instance.instance(), instance);
            parts.put(instance.instance(), Knowledge.of(instance, event, live.contains(instance.instance()), now));
        }
        // It has told nothing yet, or is of a version that never does.
        live.forEach(name -> parts.putIfAbsent(name, Knowledge.SOON));
    }

    /** Whether the event is older than what is remembered. */
    boolean isTooOld() {
        return tooOld;
    }

    /** Whether an instance that is alive will soon tell what is missing. */
    boolean isSoonKnown() {
        return !tooOld && parts.containsValue(Knowledge.SOON);
    }

    boolean haveGap() {
        return parts.containsValue(Knowledge.GAP);
    }

    /** The instances whose parts do not reach the event, by name. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        parts.forEach((name, known) -> {
            if (known != Knowledge.WHOLE && known != Knowledge.DEAD) {
                missing.add(name);
            }
        });
        return missing;
    }

    /** What is known of a connection's instance. */
    Knowledge of(SocketNote note) {
        // An instance that was forgotten has been silent for the whole retention.
        return parts.getOrDefault(note.instance(), Knowledge.DEAD);
    }

    /** Whether a connection's instance had ended by then. */
    boolean isEnded(SocketNote note) {
        Coverage instance = told.get(note.instance());
        return instance != null && instance.ended() && event.compareTo(instance.through()) > 0;
    }
}
