package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.payload.PayloadLimits;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.WebhookGuard;
import dev.realtime.service.security.WebhookService;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The broadcast API's direct endpoint: it answers every POST at the front door. The request's head is enough to check
 * the origin, the event, a token in a header, and the length. A virtual thread handles the body; a connection has at
 * most one.
 */
@Component
final class DirectBroadcasts implements DirectEndpoint {

    private static final String PREFIX = "/api/v1/broadcast/";

    private final BroadcastRequests requests;
    private final WebhookGuard guard;
    private final OriginPolicy origins;
    private final BodyMemory memory;
    private final DirectAnswers answers;

    DirectBroadcasts(
            BroadcastRequests requests,
            WebhookGuard guard,
            OriginPolicy origins,
            BodyMemory memory,
            DirectAnswers answers) {
        this.requests = requests;
        this.guard = guard;
        this.origins = origins;
        this.memory = memory;
        this.answers = answers;
    }

    @Override
    public boolean takes(HttpRequest head) {
        return head.method().equals(HttpMethod.POST)
                && head.uri().startsWith(PREFIX)
                && path(head).indexOf('/', PREFIX.length()) < 0;
    }

    /** The path as Tomcat would read it, without the query. */
    private static String path(HttpRequest head) {
        String uri = head.uri();
        return uri.indexOf('%') < 0 && uri.indexOf('?') < 0 ? uri : new QueryStringDecoder(uri).path();
    }

    @Override
    public Incoming begin(HttpRequest head, Caller caller) {
        String origin = head.headers().get(HttpHeaderNames.ORIGIN);
        IncomingBroadcast.Replies replies = new IncomingBroadcast.Replies(caller, answers, origin);
        try {
            if (origin != null) {
                checkOrigin(head.headers(), origin, caller);
            }
            BroadcastEvent event = BroadcastEvent.ofPath(path(head).substring(PREFIX.length()))
                    .orElseThrow(() -> new ProblemException(
                            ErrorCode.EVENT_UNKNOWN, "There is no such event to broadcast; see /api/docs."));
            WebhookService shown = guard.byHeaders(head.headers()::getAll);
            if (shown != null) {
                BroadcastRequests.checkEvent(shown, event);
            }
            int length = HttpUtil.isTransferEncodingChunked(head) ? -1 : length(head);
            return new IncomingBroadcast(event, shown, head.headers(), length, requests, guard, memory, replies);
        } catch (ProblemException e) {
            replies.refused(e);
            return Incoming.NONE;
        }
    }

    private void checkOrigin(HttpHeaders headers, String origin, Caller caller) {
        List<String> all = headers.getAll(HttpHeaderNames.ORIGIN);
        ClientAddress client = caller.address();
        if (all.size() > 1 || !origins.allows(origin, client.host(), "https".equals(client.scheme()))) {
            throw new ProblemException(ErrorCode.ORIGIN_FORBIDDEN, "Requests from this origin are not allowed.");
        }
    }

    private static int length(HttpRequest head) {
        long length = HttpUtil.getContentLength(head, 0L);
        if (length > PayloadLimits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        return (int) length;
    }

    static ProblemException tooLarge() {
        return new ProblemException(
                ErrorCode.BODY_TOO_LARGE,
                "The body must not be larger than " + PayloadLimits.MAX_BODY_BYTES / 1024 + " KB.");
    }
}
