package dev.realtime.console.connections;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.CsvDownload.Csv;
import dev.realtime.console.parts.CsvDownload.Rows;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes all matching sockets as rows of CSV. Requests pages of {@value #SIZE}, at most one per second. Sockets that
 * connect or disconnect meanwhile may be missing, but none appears twice.
 */
final class SocketCsv implements Rows {

    /** The service's largest page. */
    static final int SIZE = 1_000;

    /** The columns, as keys of their titles. */
    static final List<String> COLUMNS = List.of(
            "user",
            "name",
            "login",
            "role",
            "socket",
            "instance",
            "transport",
            "rooms",
            "address",
            "protocol",
            "agent",
            "connectedAt",
            "queue");

    private final AdminApi api;
    private final ConsoleUser user;
    private final Times times;
    private final Supplier<Query> query;
    private final PageBudget budget = PageBudget.ofSession();

    /** @param query supplies filter and order at the time of the download */
    SocketCsv(AdminApi api, ConsoleUser user, Times times, Supplier<Query> query) {
        this.api = api;
        this.user = user;
        this.times = times;
        this.query = query;
    }

    @Override
    public void writeTo(Csv csv) throws IOException {
        Query wanted = query.get();
        Set<String> before = Set.of();
        int number = 0;
        boolean more = true;
        while (more) {
            ConnectionStats answer = ask(wanted.page(number++, SIZE));
            List<SocketPresence> sockets = Objects.requireNonNullElse(answer.connections(), List.of());
            Set<String> ids = new HashSet<>();
            for (SocketPresence socket : sockets) {
                ids.add(socket.socketId());
                if (!before.contains(socket.socketId())) {
                    csv.row(row(socket));
                }
            }
            before = ids;
            Page page = answer.page();
            more = page != null && !sockets.isEmpty() && number * SIZE < page.matching();
        }
    }

    /** Fails the download if the service stops answering: a truncated file must not look complete. */
    private ConnectionStats ask(Query page) throws IOException {
        try {
            budget.take();
            return api.connections(user, page).data();
        } catch (ServiceAwayException | RefusedException e) {
            throw new IOException("The sockets could not be read completely.", e);
        }
    }

    private List<String> row(SocketPresence socket) {
        return List.of(
                socket.userKey(),
                Objects.requireNonNullElse(socket.name(), ""),
                Objects.requireNonNullElse(socket.login(), ""),
                Objects.requireNonNullElse(socket.role(), ""),
                socket.socketId(),
                socket.instance(),
                socket.transport(),
                socket.rooms().stream().map(Room::toString).collect(Collectors.joining("; ")),
                socket.address(),
                String.valueOf(socket.protocol()),
                Objects.requireNonNullElse(socket.userAgent(), ""),
                times.day(socket.connectedAt()),
                String.valueOf(socket.queueOrZero()));
    }
}
