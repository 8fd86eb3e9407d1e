package dev.realtime.service.gateway.sockets;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import dev.realtime.contracts.Ack;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.service.gateway.sockets.Answers.RefusedException;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Confirmations;
import dev.realtime.service.receipts.ReceiptProperties;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.socketio.engine.session.TokenBucket;
import dev.realtime.socketio.server.NamespaceSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The event {@code confirm}: a user has seen a notification. Runs in the connection's mailbox, and waits for Redis. */
@Component
final class ConfirmListener {

    private final Confirmations confirmations;
    private final ReceiptProperties properties;
    private final Answers answers;

    ConfirmListener(Confirmations confirmations, ReceiptProperties properties, Answers answers) {
        this.confirmations = confirmations;
        this.properties = properties;
        this.answers = answers;
    }

    @OnEvent(GatewayEvents.CONFIRM)
    public void onConfirm(SocketIOClient client, @Nullable JsonNode data, AckRequest ack) {
        answers.answer(client, ack, () -> {
            IdentifiedSocket socket = IdentifiedSocket.of(NamespaceSocket.of(client));
            String id = id(data);
            if (!socket.mayConfirm(this::bucket)) {
                throw new RefusedException(
                        ErrorCode.CONFIRM_RATE,
                        "A socket may confirm at most " + properties.confirmsPerSecond()
                                + " notifications per second on average.");
            }
            if (!confirm(id, socket)) {
                throw new RefusedException(
                        ErrorCode.CONFIRM_UNKNOWN,
                        "No notification with this id was sent to you, or it is too old to be confirmed.");
            }
            return Ack.done();
        });
    }

    private boolean confirm(String id, IdentifiedSocket socket) throws RefusedException {
        try {
            return confirmations.confirm(id, socket.identity().userKey());
        } catch (ProblemException e) {
            throw new RefusedException(e.code(), e.getMessage());
        } catch (DataAccessException e) {
            RedisRefusal refusal = RedisRefusal.of(e);
            throw refusal == null
                    ? new RefusedException(ErrorCode.BACKPLANE_AWAY, "Redis is unavailable; try again.")
                    : new RefusedException(refusal.code(), refusal.reason() + "; try again later.");
        }
    }

    private TokenBucket bucket() {
        return new TokenBucket(properties.confirmsPerSecond(), properties.confirmBurst(), System.nanoTime());
    }

    private static String id(@Nullable JsonNode data) throws RefusedException {
        JsonNode id = data == null ? null : data.get("id");
        if (id == null || !id.isString()) {
            throw new RefusedException(
                    ErrorCode.PAYLOAD_INVALID, "This event takes { id }, the confirmId of a notification.");
        }
        return id.stringValue();
    }
}
