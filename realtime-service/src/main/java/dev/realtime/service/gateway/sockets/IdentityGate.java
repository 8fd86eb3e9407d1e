package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.Ack;
import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.ErrorNotice;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.server.CloseNotice;
import dev.realtime.service.gateway.sockets.Comebacks.UndecidedException;
import dev.realtime.service.gateway.sockets.ReturnArgument.InvalidReturnException;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.identity.TokenException;
import dev.realtime.service.identity.TokenVerifier;
import dev.realtime.service.journal.Journal;
import dev.realtime.service.recovery.Pid;
import dev.realtime.socketio.server.Acknowledgement;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.GateDecision;
import dev.realtime.socketio.server.NamespaceSocket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Admits only sockets with a verified identity. A bad token is refused; a socket without a token waits, and may send
 * nothing but {@code authenticate}.
 */
@Component
public final class IdentityGate implements Gate {

    private final TokenVerifier tokens;
    private final AccessPolicy policy;
    private final ClientLimits limits;
    private final AbuseMetrics metrics;
    private final Comebacks comebacks;
    private final Journal journal;

    IdentityGate(
            TokenVerifier tokens,
            AccessPolicy policy,
            ClientLimits limits,
            AbuseMetrics metrics,
            Comebacks comebacks,
            Journal journal) {
        this.tokens = tokens;
        this.policy = policy;
        this.limits = limits;
        this.metrics = metrics;
        this.comebacks = comebacks;
        this.journal = journal;
    }

    /** A socket without an identity, and the private id by which the client can recover its session later. */
    private record Waiting(Pid pid) {}

    @Override
    public GateDecision onConnect(NamespaceSocket socket, @Nullable JsonNode auth) {
        try {
            boolean mayComeBack = comebacks.mayComeBack(socket);
            ReturnArgument comesBack = mayComeBack ? ReturnArgument.read(auth) : null;
            String token = TokenArgument.read(auth);
            if (token == null) {
                token = socket.session().handshake().token();
            }
            if (token == null) {
                if (mayComeBack) {
                    await(socket, comesBack);
                }
                return new GateDecision.Waiting();
            }
            Identity identity = tokens.verify(token);
            identify(socket, identity, mayComeBack ? comebacks.find(socket, identity, comesBack) : null);
            return new GateDecision.Admitted();
        } catch (UndecidedException e) {
            return new GateDecision.Undecided();
        } catch (InvalidReturnException e) {
            metrics.refused(ErrorCode.PAYLOAD_INVALID);
            return new GateDecision.Refused(
                    String.valueOf(e.getMessage()), Map.of("code", ErrorCode.PAYLOAD_INVALID.code()));
        } catch (TokenException e) {
            metrics.refused(e.code());
            note(e);
            countWrong(socket, e.code());
            return new GateDecision.Refused(
                    e.getMessage(), Map.of("code", e.code().code()));
        }
    }

    @Override
    public void onWaitingEvent(
            NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement) {
        if (!event.equals(GatewayEvents.AUTHENTICATE)) {
            refuse(socket, acknowledgement, ErrorCode.AUTHENTICATION_REQUIRED, "Authenticate first.");
            return;
        }
        try {
            String token = TokenArgument.read(arguments.isEmpty() ? null : arguments.getFirst());
            if (token == null) {
                throw new TokenException(ErrorCode.TOKEN_MISSING, "authenticate takes { token }.");
            }
            Identity identity = tokens.verify(token);
            identify(
                    socket,
                    identity,
                    socket.attachment() instanceof Waiting waiting ? comebacks.begin(identity, waiting.pid()) : null);
            socket.admit();
            acknowledgement.send(Ack.done());
        } catch (TokenException e) {
            refuse(socket, acknowledgement, e.code(), e.getMessage());
            note(e);
            countWrong(socket, e.code());
        }
    }

    private void note(TokenException refusal) {
        String userKey = refusal.userKey();
        if (userKey != null) {
            journal.refuse(userKey, refusal.code().code());
        }
    }

    /**
     * Every token is verified, so no limit ever refuses a valid one; but an address that sends too many wrong tokens
     * needs a new connection for each. Expired tokens do not count: their signature is right, and the tokens of all
     * clients may expire at once.
     */
    private void countWrong(NamespaceSocket socket, ErrorCode code) {
        boolean wronglySigned = code == ErrorCode.TOKEN_INVALID || code == ErrorCode.TOKEN_ALGORITHM;
        if (wronglySigned
                && !limits.allowsWrongToken(socket.session().handshake().clientAddress())) {
            socket.close(CloseNotice.of(CloseCode.TOO_MANY_MESSAGES));
        }
    }

    private void await(NamespaceSocket socket, @Nullable ReturnArgument comesBack) {
        comebacks.withoutIdentity(comesBack);
        Pid pid = Pid.random();
        socket.become(socket.id(), pid.secret());
        socket.attach(new Waiting(pid));
    }

    private void identify(NamespaceSocket socket, Identity identity, @Nullable Session session) throws TokenException {
        if (!limits.enterUser(identity.userKey())) {
            if (session != null) {
                comebacks.giveBack(session);
            }
            journal.refuse(identity.userKey(), ErrorCode.TOO_MANY_SOCKETS.code());
            throw new TokenException(
                    ErrorCode.TOO_MANY_SOCKETS,
                    "This user already has " + limits.properties().socketsPerUser() + " sockets.");
        }
        socket.session().standing().identify(identity.userKey());
        socket.attach(new IdentifiedSocket(socket, policy, limits, identity, session));
    }

    private void refuse(NamespaceSocket socket, Acknowledgement acknowledgement, ErrorCode code, String message) {
        metrics.refused(code);
        ErrorNotice error = ErrorNotice.refusal(code, message);
        if (acknowledgement.isRequested()) {
            acknowledgement.send(Ack.refused(error));
        } else {
            socket.emit(GatewayEvents.ERROR, error);
        }
    }
}
