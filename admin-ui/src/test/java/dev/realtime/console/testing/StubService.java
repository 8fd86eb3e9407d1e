package dev.realtime.console.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.console.api.BlockedUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.RoomStats.Occupancy;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.Statistics;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.Instances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stub of the admin API on a loopback port, as far as the views use it: sockets, rooms, blocks and actions. Records
 * requests and can be unavailable.
 */
public final class StubService implements AutoCloseable {

    /** A request: {@code GET}, the path, and the parameters or the body as text. */
    public record Asked(String method, String path, String query, String body) {

        /** The values of a parameter, decoded. */
        public List<String> parameter(String name) {
            return parameters(query, name);
        }
    }

    private static final int BAD_GATEWAY = 502;

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final List<SocketPresence> sockets = new CopyOnWriteArrayList<>();
    private final List<BlockedUser> blocks = new CopyOnWriteArrayList<>();
    private final BoardStub board = new BoardStub();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile List<String> silent = List.of();
    private volatile Instances instances = new Instances(List.of(), List.of());
    private volatile @Nullable Problem refusal;
    private volatile boolean away;

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Resets to the initial state: no sockets, no requests. */
    public void reset() {
        away = false;
        refusal = null;
        silent = List.of();
        instances = new Instances(List.of(), List.of());
        sockets.clear();
        blocks.clear();
        board.reset();
        asked.clear();
    }

    public List<SocketPresence> sockets() {
        return sockets;
    }

    public List<BlockedUser> blocks() {
        return blocks;
    }

    /** The calls and the people. */
    public BoardStub board() {
        return board;
    }

    /** Makes the stub unavailable or available. */
    public void away(boolean gone) {
        away = gone;
    }

    /** Sets the state of the instances. */
    public void instances(Instances now) {
        instances = now;
    }

    /** Sets instances that do not answer actions. */
    public void silent(String... instances) {
        silent = List.of(instances);
    }

    /** Sets the answer to all further actions; null for success. */
    public void refuse(@Nullable Problem problem) {
        refusal = problem;
    }

    /** The requests to a path, without what only counts, such as the console's own polling, which requests pages of one row. */
    public List<Asked> asked(String path) {
        return asked.stream()
                .filter(each -> each.path.equals(path) && !each.query.endsWith("page=0&size=1"))
                .toList();
    }

    /** The requested actions. */
    public List<Asked> actions() {
        return asked.stream().filter(each -> each.method.equals("POST")).toList();
    }

    public void forgetAsked() {
        asked.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                // As a proxy answers for an unavailable service.
                exchange.sendResponseHeaders(BAD_GATEWAY, -1);
                return;
            }
            String raw = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    raw == null ? "" : "?" + raw,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Problem refused = refusal;
            boolean refuse = refused != null && request.method.equals("POST");
            Object answer = refuse ? refused : of(request);
            Problem problem = answer instanceof Problem one ? one : null;
            exchange.getResponseHeaders()
                    .set("Content-Type", problem == null ? "application/json" : Problem.MEDIA_TYPE);
            byte[] bytes = json.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(problem == null ? 200 : problem.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Object of(Asked request) {
        String path = request.path.replaceFirst("^/api/v1/admin", "");
        return switch (path) {
            case "/health" -> health();
            case "/instances" -> instances;
            case "/blocks" -> blocks;
            case "/board/calls" -> board.calls(request);
            case "/board/people" -> board.people(request);
            case "/board/orders" -> board.orders(request);
            case "/stats/connections" -> new Statistics<>(true, connections(request));
            case "/stats/rooms" -> new Statistics<>(true, rooms(request));
            default -> done(path);
        };
    }

    private HealthReport health() {
        return new HealthReport("ok", new HealthReport.Redis("up"), List.of(), sockets.size(), 1, "test");
    }

    private ActionResult done(String path) {
        String[] parts = path.split("/");
        boolean user = parts[1].equals("users");
        List<SocketPresence> concerned = sockets.stream()
                .filter(socket -> parts[2].equals(user ? socket.userKey() : socket.socketId()))
                .toList();
        if (parts[3].equals("unblock")) {
            blocks.removeIf(block -> block.userKey().equals(parts[2]));
        } else if (parts[3].equals("close") || parts[3].equals("block")) {
            sockets.removeAll(concerned);
        }
        return new ActionResult(
                "1-0",
                concerned.size(),
                count(concerned, SocketPresence::instance),
                silent,
                parts[3].equals("block") ? "2030-01-02T10:30:00Z" : null);
    }

    private ConnectionStats connections(Asked request) {
        List<SocketPresence> matching = sockets.stream().filter(wanted(request)).toList();
        String sort = request.parameter("sort").stream().findFirst().orElse("connectedAt");
        Comparator<SocketPresence> order = switch (sort.replace("-", "")) {
            case "name" -> Comparator.comparing(socket -> String.valueOf(socket.name()));
            case "queue" -> Comparator.comparing(SocketPresence::queueOrZero);
            default -> Comparator.comparing(SocketPresence::connectedAt);
        };
        List<SocketPresence> sorted = matching.stream()
                .sorted(sort.startsWith("-") ? order.reversed() : order)
                .toList();
        Page page = page(request, sorted.size());
        return new ConnectionStats(
                sockets.size(),
                (int) sockets.stream().map(SocketPresence::userKey).distinct().count(),
                count(sockets, socket -> String.valueOf(socket.role())),
                count(sockets, SocketPresence::transport),
                count(sockets, SocketPresence::instance),
                page,
                slice(sorted, page));
    }

    private static Predicate<SocketPresence> wanted(Asked request) {
        return socket -> all(request, "socket", value -> value.equals(socket.socketId()))
                && all(request, "user", value -> value.equals(socket.userKey()))
                && all(request, "role", value -> value.equals(socket.role()))
                && all(request, "instance", value -> value.equals(socket.instance()))
                && all(request, "transport", value -> value.equals(socket.transport()))
                && all(request, "room", value -> socket.rooms().contains(Room.parse(value)))
                && all(
                        request,
                        "without",
                        value -> socket.rooms().stream()
                                .noneMatch(room -> room.kind().prefix().equals(value)))
                && all(
                        request,
                        "text",
                        value -> socket.toString().contains(value)
                                || String.valueOf(socket.name()).contains(value));
    }

    private static boolean all(Asked request, String name, Predicate<String> holds) {
        return request.parameter(name).stream().allMatch(holds);
    }

    private RoomStats rooms(Asked request) {
        Map<String, Integer> members = new TreeMap<>();
        sockets.forEach(socket -> socket.rooms().forEach(room -> members.merge(room.toString(), 1, Integer::sum)));
        List<String> named = request.parameter("room");
        List<Occupancy> matching = (named.isEmpty() ? members.keySet().stream() : named.stream())
                .map(room -> new Occupancy(Room.parse(room), members.getOrDefault(room, 0)))
                .filter(each -> all(request, "kind", each.room().kind().prefix()::equals)
                        && all(request, "text", each.room().toString()::contains))
                .sorted(Comparator.comparing(Occupancy::members).reversed())
                .toList();
        Page page = page(request, matching.size());
        return new RoomStats(members.size(), page, slice(matching, page));
    }

    private static Map<String, Integer> count(List<SocketPresence> of, Function<SocketPresence, String> by) {
        return of.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingInt(one -> 1)));
    }

    static Page page(Asked request, int matching) {
        return new Page(number(request, "page", 0), number(request, "size", 100), matching);
    }

    private static int number(Asked request, String name, int otherwise) {
        return request.parameter(name).stream()
                .findFirst()
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    static <T> List<T> slice(List<T> all, Page page) {
        return all.stream()
                .skip((long) page.number() * page.size())
                .limit(page.size())
                .toList();
    }

    private static List<String> parameters(String query, String name) {
        Stream<String> pairs = query.isEmpty()
                ? Stream.empty()
                : Arrays.stream(query.substring(1).split("&"));
        return pairs.filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
