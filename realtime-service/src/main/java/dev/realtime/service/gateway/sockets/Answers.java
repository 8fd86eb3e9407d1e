package dev.realtime.service.gateway.sockets;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import dev.realtime.contracts.Ack;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.ErrorNotice;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.socketio.server.NamespaceSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what clients ask: a refusal is always reported and counted. */
@Component
final class Answers {

    private final AbuseMetrics metrics;

    Answers(AbuseMetrics metrics) {
        this.metrics = metrics;
    }

    interface Action {

        /** Returns the acknowledgement; null if it was sent already. */
        @Nullable
        Ack run() throws RefusedException;
    }

    /** A client's request is refused. */
    static final class RefusedException extends Exception {

        private final ErrorCode code;
        private final ErrorNotice error;

        RefusedException(ErrorCode code, String message) {
            super(message, null, false, false);
            this.code = code;
            this.error = ErrorNotice.refusal(code, message);
        }
    }

    /** A refusal is reported in the acknowledgement, or as an event if the client requested none. */
    void answer(SocketIOClient client, AckRequest ack, Action action) {
        @Nullable Ack answer;
        try {
            answer = action.run();
        } catch (RefusedException e) {
            metrics.refused(e.code);
            answer = Ack.refused(e.error);
        }
        if (answer == null) {
            return;
        }
        ErrorNotice error = answer.error();
        if (ack.isAckRequested()) {
            ack.sendAckData(answer);
        } else if (error != null) {
            NamespaceSocket.of(client).emit(GatewayEvents.ERROR, error);
        }
    }
}
