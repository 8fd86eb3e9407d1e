package dev.realtime.console.testing;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sockets for a {@link StubService}. */
public final class Sockets {

    private static final Instant MORNING = Instant.parse("2026-11-25T06:00:00Z");

    private Sockets() {}

    /** An operator's socket; higher numbers connected later. */
    public static SocketPresence operator(int number, String... rooms) {
        return socket(number, "operator", null, rooms);
    }

    /** A socket with a slow client. */
    public static SocketPresence slow(int number) {
        return socket(number, "operator", 64_000L);
    }

    /** Sockets of operators in {@code city:Саратов}. */
    public static List<SocketPresence> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> operator(number, "city:Саратов"))
                .toList();
    }

    public static SocketPresence socket(int number, @Nullable String role, @Nullable Long queue, String... rooms) {
        return new SocketPresence(
                number,
                "Person " + number,
                role,
                "login" + number,
                "socket-" + number,
                Arrays.stream(rooms).map(Room::parse).toList(),
                number % 2 == 0 ? "even" : "odd",
                "websocket",
                "203.0.113.7",
                4,
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
                MORNING.plusSeconds(number),
                queue);
    }
}
