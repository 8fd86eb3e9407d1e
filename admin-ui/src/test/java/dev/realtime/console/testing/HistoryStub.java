package dev.realtime.console.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.Statistics;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Instances;
import dev.realtime.contracts.admin.NotificationSent;
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptUser;
import dev.realtime.contracts.admin.ReceiptView;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.board.BoardPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stub of the admin API for events, the audit and notifications, on its own port. Tests fill its lists, newest first.
 * Records requests and can be unavailable.
 */
public final class HistoryStub {

    /** A request: method, path, decoded parameters, body. */
    public record Request(String method, String path, String query, String body) {

        public String parameter(String name) {
            Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
            return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
        }

        int number(String name, int otherwise) {
            String text = parameter(name);
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        }
    }

    private static final Problem NOT_FOUND =
            new Problem("about:blank", "Not Found", 404, "There is no such thing.", "not_found", null);

    public final List<EventView> events = new CopyOnWriteArrayList<>();
    public final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
    public final List<ReceiptDetail> receipts = new CopyOnWriteArrayList<>();
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;
    private volatile AudiencePreview preview = new AudiencePreview(0, 0, Map.of(), List.of());
    private volatile Map<String, Integer> written = Map.of();
    private volatile @Nullable WhyAnswer why;
    private volatile boolean away;
    private volatile @Nullable Instant oldest;

    public HistoryStub() {
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

    public void reset() {
        away = false;
        oldest = null;
        preview = new AudiencePreview(0, 0, Map.of(), List.of());
        written = Map.of();
        events.clear();
        audit.clear();
        receipts.clear();
        why = null;
        requests.clear();
    }

    /** Makes the stub unavailable or available. */
    public void away(boolean gone) {
        away = gone;
    }

    /**
     * Makes every search of events find nothing, a minute further back with each request, down to this time.
     *
     * @param end null to find the events again
     */
    public void searchInSteps(@Nullable Instant end) {
        oldest = end;
    }

    /** Sets the reach of every audience. */
    public void reach(AudiencePreview people) {
        preview = people;
    }

    /** Sets the numbers of sockets that a sent event was written to. */
    public void written(Map<String, Integer> byInstance) {
        written = byInstance;
    }

    /** Sets the answer to every question why. */
    public void why(WhyAnswer answer) {
        why = answer;
    }

    /** The number of matching requests. */
    public long asked(String method, String path) {
        return requests(method, path).size();
    }

    public List<Request> requests(String method, String path) {
        return requests.stream()
                .filter(request -> request.method.equals(method) && request.path.endsWith(path))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                return;
            }
            String query = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Object answer = of(request);
            boolean refused = answer instanceof Problem;
            byte[] bytes = json.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", refused ? Problem.MEDIA_TYPE : "application/json");
            exchange.sendResponseHeaders(answer instanceof Problem problem ? problem.status() : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Object of(Request request) {
        String path = request.path.replace("/api/v1/admin", "");
        if (path.startsWith("/events/")) {
            return event(path.substring("/events/".length()));
        }
        if (path.startsWith("/receipts/")) {
            return receipt(path.substring("/receipts/".length()), request);
        }
        return switch (path) {
            case "/receipts" ->
                slice(receipts.stream().map(ReceiptDetail::receipt).toList(), request, ReceiptView::id);
            case "/why" -> Objects.<Object>requireNonNullElse(why, NOT_FOUND);
            case "/board/people" -> new BoardPage<>(true, "", new Page(0, 100, 0), List.of());
            case "/health" -> new HealthReport("ok", new HealthReport.Redis("up"), List.of(), 0, 1, "test");
            case "/instances" -> new Instances(List.of(), List.of());
            case "/stats/connections" ->
                new Statistics<>(
                        true,
                        new ConnectionStats(
                                0, 0, Map.of("courier", 1), Map.of(), Map.of(), new Page(0, 100, 0), List.of()));
            case "/stats/rooms" -> new Statistics<>(true, new RoomStats(0, new Page(0, 100, 0), List.of()));
            case "/events" -> oldest == null ? slice(events, request, EventView::id) : step(request, oldest);
            case "/audit" -> slice(wanted(request), request, AuditEntry::id);
            case "/audience" -> preview(request);
            case "/notifications" ->
                new NotificationSent("5000-0", "4999-0", preview, "019afc4e8a0000000001", SendingState.SENT, null);
            default -> throw new IllegalArgumentException(path);
        };
    }

    private AudiencePreview preview(Request request) {
        json.readValue(request.body, Audience.class);
        return preview;
    }

    private List<AuditEntry> wanted(Request request) {
        String action = request.parameter("action");
        return audit.stream()
                .filter(entry -> action.isEmpty() || entry.action().equals(action))
                .toList();
    }

    private Object event(String target) {
        String id = target.replace("/revealed", "");
        boolean revealed = target.endsWith("/revealed");
        return events.stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .<Object>map(event -> revealed ? bare(event) : event)
                .orElseGet(() -> id.equals("5000-0")
                        ? new EventView(id, Instant.EPOCH, "notification", null, List.of(), Map.of(), written)
                        : NOT_FOUND);
    }

    private Object receipt(String id, Request request) {
        String confirmed = request.parameter("confirmed");
        return receipts.stream()
                .filter(each -> each.receipt().id().equals(id))
                .findFirst()
                .<Object>map(each -> {
                    List<ReceiptUser> users = each.users().stream()
                            .filter(user -> confirmed.isEmpty()
                                    || Boolean.parseBoolean(confirmed) == (user.confirmedAt() != null))
                            .toList();
                    return new ReceiptDetail(each.receipt(), new Page(0, 100, users.size()), users);
                })
                .orElse(NOT_FOUND);
    }

    private static EventView bare(EventView event) {
        return new EventView(
                event.id(),
                event.at(),
                event.event(),
                event.rooms(),
                event.to(),
                Map.of("id", 1, "phone", "+79271234567"),
                event.written());
    }

    /** A page as the service returns it: the ids of the lists count down. */
    private static <T> Slice<T> slice(List<T> all, Request request, Function<T, String> id) {
        String before = request.parameter("before");
        int count = request.number("count", 50);
        List<T> older = new ArrayList<>(all);
        if (before.matches("\\d+-\\d+")) {
            older.removeIf(each -> place(id.apply(each)) >= place(before));
        }
        List<T> page = older.subList(0, Math.min(count, older.size()));
        return new Slice<>(List.copyOf(page), page.size() < older.size() ? id.apply(page.getLast()) : null);
    }

    private static Slice<EventView> step(Request request, Instant end) {
        String before = request.parameter("before");
        Instant reached = (before.isEmpty() ? Instant.now() : Instant.ofEpochMilli(place(before) / 1_000))
                .minus(Duration.ofMinutes(1));
        return reached.isAfter(end)
                ? new Slice<>(List.of(), reached.toEpochMilli() + "-0", reached, end, false)
                : new Slice<>(List.of(), null, null, null, true);
    }

    private static long place(String id) {
        int dash = id.indexOf('-');
        return Long.parseLong(id.substring(0, dash)) * 1_000 + Long.parseLong(id.substring(dash + 1));
    }
}
