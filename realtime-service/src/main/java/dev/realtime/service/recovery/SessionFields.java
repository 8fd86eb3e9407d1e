package dev.realtime.service.recovery;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.stream.binder.redis.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session as a hash in Redis. Its fields: {@code v} the protocol version, {@code sid} the Socket.IO id, {@code t}
 * when it was first saved, by Redis' clock, {@code epoch}, {@code birth} and {@code floor} ids of the stream,
 * {@code owner} {@code <instance>.<connection>}, {@code n} the number of the owner's last change, {@code grants}, and
 * {@code r:<room>} for each room, see {@link RoomStays}. The names are short because there is a hash for every socket.
 */
final class SessionFields {

    static final String VERSION = "v";
    static final String LOST = "lost";

    private static final Logger log = LoggerFactory.getLogger(SessionFields.class);

    private static final String SOCKET = "sid";
    private static final String EPOCH = "epoch";
    private static final String BIRTH = "birth";
    private static final String FLOOR = "floor";
    private static final String OWNER = "owner";
    private static final String NUMBER = "n";
    private static final String GRANTS = "grants";
    private static final String ROOM = "r:";

    /** A stay since birth. */
    private static final String SINCE_BIRTH = "";

    private SessionFields() {}

    /** Fields and values, alternating, without the owner. */
    static List<String> of(NewSession session) {
        List<String> fields = new ArrayList<>(List.of(
                VERSION,
                String.valueOf(Protocol.VERSION),
                SOCKET,
                session.socketId(),
                EPOCH,
                session.epoch(),
                BIRTH,
                session.birth().toString(),
                GRANTS,
                session.grants()));
        if (session.number() > 0) {
            fields.add(NUMBER);
            fields.add(String.valueOf(session.number()));
        }
        if (session.floor() != null) {
            fields.add(FLOOR);
            fields.add(session.floor().toString());
        }
        for (Room room : session.rooms()) {
            fields.add(field(room));
            fields.add(SINCE_BIRTH);
        }
        return fields;
    }

    /** Redis' answer as text. */
    static Map<String, String> read(List<?> answer) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            fields.put(textOf(answer.get(i)), textOf(answer.get(i + 1)));
        }
        return fields;
    }

    private static String textOf(@Nullable Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    /**
     * Reads a session that was claimed.
     *
     * @param claimant the claiming connection; it may have claimed the session before
     */
    static SavedSession session(Map<String, String> fields, Owner claimant) {
        StreamId birth = StreamId.parse(Objects.requireNonNull(fields.get(BIRTH)));
        String floor = fields.get(FLOOR);
        Owner owner = Owner.parse(fields.getOrDefault(OWNER, ""));
        Map<Room, String> stays = new HashMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(ROOM)) {
                try {
                    stays.put(Room.parse(field.substring(ROOM.length())), value);
                } catch (InvalidRoomException e) {
                    log.warn("Ignoring a room of a session: {}", e.getMessage());
                }
            }
        });
        return new SavedSession(
                Objects.requireNonNull(fields.get(SOCKET)),
                Objects.requireNonNull(fields.get(EPOCH)),
                birth,
                floor == null ? null : StreamId.parse(floor),
                claimant.equals(owner) ? null : owner,
                Objects.requireNonNull(fields.get(GRANTS)),
                RoomStays.parse(birth, stays));
    }

    static String field(Room room) {
        return ROOM + room;
    }
}
