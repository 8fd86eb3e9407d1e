package dev.realtime.service.admin;

import dev.realtime.contracts.SearchText;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.NotReadyException;
import dev.realtime.service.board.PersonEntry;
import dev.realtime.service.presence.Presence;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The ids of users by their names. Events name operators by their ids alone. */
@Component
final class OperatorNames {

    private final Presence presence;
    private final Board board;

    OperatorNames(Presence presence, Board board) {
        this.presence = presence;
        this.board = board;
    }

    /**
     * The ids of the users, online or known to the board, whose names contain a text.
     *
     * @param part what {@link SearchText#of} returned
     */
    Set<String> idsOf(String part) {
        Set<String> ids = new HashSet<>();
        for (SocketPresence socket : presence.view().sockets()) {
            if (SearchText.contains(socket.name(), part)) {
                ids.add(socket.userKey());
            }
        }
        try {
            for (PersonEntry person : board.people().entries()) {
                if (SearchText.contains(person.name(), part)) {
                    ids.add(person.key());
                }
            }
        } catch (NotReadyException e) {
            // Those who are online are found all the same.
            return ids;
        }
        return ids;
    }
}
