package dev.realtime.service.journal;

import dev.realtime.service.journal.UserJournal.RefusedConnects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The users whom this instance has refused lately, since they were last connected to it. Bounded; thread-safe. */
final class RefusedUsers {

    private static final int MOST = 10_000;

    /** By user and code. */
    private final Map<String, Map<String, RefusedConnects>> users = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, RefusedConnects>> eldest) {
            return size() > MOST;
        }
    };

    /** What is not written yet. */
    private final Map<Key, RefusedConnects> changed = new LinkedHashMap<>();

    private record Key(String userKey, String code) {}

    record Note(String userKey, RefusedConnects note) {}

    synchronized void add(String userKey, String code, long at) {
        RefusedConnects note = users.computeIfAbsent(userKey, absent -> new HashMap<>(2))
                .merge(
                        code,
                        new RefusedConnects(code, at, at),
                        (known, fresh) -> new RefusedConnects(code, known.first(), at));
        if (changed.size() < MOST) {
            changed.put(new Key(userKey, code), note);
        }
    }

    /** The user is connected: what is refused from now on is another time. */
    synchronized void forget(String userKey) {
        users.remove(userKey);
    }

    synchronized List<Note> take() {
        List<Note> taken = new ArrayList<>(changed.size());
        changed.forEach((key, note) -> taken.add(new Note(key.userKey(), note)));
        changed.clear();
        return taken;
    }

    /** These were not written after all. */
    synchronized void giveBack(List<Note> notes) {
        notes.forEach(
                note -> changed.putIfAbsent(new Key(note.userKey(), note.note().code()), note.note()));
    }
}
