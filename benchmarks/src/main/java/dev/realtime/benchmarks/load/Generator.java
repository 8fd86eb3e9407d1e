package dev.realtime.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The load on one server of one or several instances: a crowd of sockets, and the events posted to them. */
public final class Generator implements AutoCloseable {

    /** More connections than events are ever outstanding. */
    private static final int CONNECTIONS = 64;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Dialect dialect;
    private final List<Integer> ports;
    private final Tokens tokens;
    private final List<Poster> posters;
    private Crowd crowd = new Crowd(loop);
    private final List<String> rooms = new ArrayList<>();
    private int[] members = {0};
    private int sockets;
    private int numbers;

    /** Loads the instances on these ports; sockets and posts go to them in turn. */
    public Generator(Dialect dialect, List<Integer> ports, String jwtSecret, String webhookToken) {
        this.dialect = dialect;
        this.ports = List.copyOf(ports);
        this.tokens = new Tokens(jwtSecret);
        this.posters = ports.stream()
                .map(port -> new Poster(loop, port, webhookToken, CONNECTIONS))
                .toList();
        seat(1);
    }

    /** Closes all sockets and starts with this many empty rooms. */
    public void seat(int roomCount) {
        crowd.close();
        crowd = new Crowd(loop);
        rooms.clear();
        IntStream.range(0, roomCount).forEach(room -> rooms.add("city:b" + room));
        members = new int[roomCount];
        sockets = 0;
    }

    /** Creates seats for this many further sockets, spread over the rooms. Does not involve the server. */
    public Runnable prepare(int count, @Nullable String join) {
        List<Seat> seats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int id = 1 + sockets++;
            int room = id % rooms.size();
            members[room]++;
            String name = rooms.get(room);
            boolean named = dialect == Dialect.SOCKET_IO;
            seats.add(new Seat(
                    // Successive members of a room are on different instances.
                    ports.get(id / rooms.size() % ports.size()),
                    dialect.socketPath(name),
                    room,
                    named ? tokens.operator(id, name.substring(name.indexOf(':') + 1)) : null,
                    named ? join : null));
        }
        return () -> crowd.open(seats).orTimeout(5, TimeUnit.MINUTES).join();
    }

    /** Opens this many further sockets and waits until all are ready. */
    public void open(int count) {
        prepare(count, null).run();
    }

    /** Number of connections. */
    public int alive() {
        return crowd.alive();
    }

    /** Sends events and waits until everybody has them. */
    public Outcome run(Traffic traffic) {
        Window window = new Window(loop, crowd, posters, dialect, rooms, members, numbers, traffic);
        Outcome outcome = window.run()
                .orTimeout(traffic.time().plus(Duration.ofMinutes(5)).toSeconds(), TimeUnit.SECONDS)
                .join();
        numbers += outcome.posted();
        return outcome;
    }

    @Override
    public void close() {
        crowd.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
