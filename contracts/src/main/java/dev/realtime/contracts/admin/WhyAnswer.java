package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a user did or did not get an event, as it was at the event's place in the stream.
 *
 * @param event the event's id
 * @param at when Redis accepted the event
 * @param to the rooms the event was sent to
 * @param user the user's id
 * @param reason the answer
 * @param code what is behind the answer: the code of a refusal or a close; for {@link WhyReason#UNKNOWN} one of the
 *     constants here. Absent where the answer says it all
 * @param since when what the answer says began or happened, where that is known: written, confirmed, refused, closed
 * @param sockets the user's sockets at that time, and the last one before and the first one after if there was none
 * @param missing the instances whose part of the journal does not reach that place; empty if all do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WhyAnswer(
        String event,
        Instant at,
        List<String> to,
        String user,
        WhyReason reason,
        @Nullable String code,
        @Nullable Instant since,
        List<Socket> sockets,
        List<String> missing) {

    /** The event is older than what is remembered. */
    public static final String TOO_OLD = "too_old";

    /** An instance has died, or is silent, and what its sockets did then is not known. */
    public static final String INSTANCE_SILENT = "instance_silent";

    /** An instance did not keep everything, because of the bound or because Redis lost it. */
    public static final String GAP = "gap";

    /** The events that a socket missed are being sent to it, or its connection broke meanwhile. */
    public static final String REPLAY = "replay";

    /**
     * One of the user's sockets.
     *
     * @param socketId its id, which a recovered session keeps
     * @param instance its instance
     * @param reason the answer for this socket; {@link WhyReason#OFFLINE} for one that was not connected then
     * @param code the code of a refusal or a close, {@code instance_died}, or as for the whole answer
     * @param since when the event was written, or when what the answer says happened
     * @param connectedAt when it connected
     * @param closedAt when it ended; absent while it is open
     * @param rooms the rooms it was in when the event came
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Socket(
            String socketId,
            String instance,
            WhyReason reason,
            @Nullable String code,
            @Nullable Instant since,
            Instant connectedAt,
            @Nullable Instant closedAt,
            List<String> rooms) {}
}
