package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.service.payload.PayloadLimits;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.WebhookGuard;
import dev.realtime.service.security.WebhookService;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broadcast whose body is arriving. {@link BodyMemory} pays for the body: from the part reserved for services once
 * the token is known, from a header or from the beginning of the body.
 */
final class IncomingBroadcast implements DirectEndpoint.Incoming {

    private static final Logger log = LoggerFactory.getLogger(IncomingBroadcast.class);

    private final BroadcastEvent event;
    private final @Nullable WebhookService shown;
    private final HttpHeaders headers;
    private final int length;
    private final BroadcastRequests requests;
    private final WebhookGuard guard;
    private final Replies replies;
    private final BodyMemory.Share share;
    private byte[] body = {};
    private int size;
    private boolean arriving;
    private boolean over;

    /** @param length the body's length; negative when it is chunked */
    IncomingBroadcast(
            BroadcastEvent event,
            @Nullable WebhookService shown,
            HttpHeaders headers,
            int length,
            BroadcastRequests requests,
            WebhookGuard guard,
            BodyMemory memory,
            Replies replies) {
        this.event = event;
        this.shown = shown;
        this.headers = headers;
        this.length = length;
        this.requests = requests;
        this.guard = guard;
        this.replies = replies;
        share = memory.open(replies.caller::tooSlow);
        if (shown != null) {
            share.verified(shown.name());
        }
    }

    @Override
    public void content(ByteBuf piece) {
        if (over) {
            return;
        }
        int more = piece.readableBytes();
        try {
            makeRoomFor(size + more);
            piece.readBytes(body, size, more);
            size += more;
            if (size != length && !arriving) {
                arriving();
            }
        } catch (ProblemException e) {
            abort();
            replies.refused(e);
        }
    }

    /**
     * Most bodies come in one piece; a body in many pieces is copied only a few times. The array never grows beyond the
     * body's length, so a complete body fills it.
     */
    private void makeRoomFor(int needed) {
        if (needed > PayloadLimits.MAX_BODY_BYTES) {
            throw DirectBroadcasts.tooLarge();
        }
        if (needed > body.length) {
            int most = length < 0 ? PayloadLimits.MAX_BODY_BYTES : length;
            int larger = Math.max(needed, Math.min(2 * body.length, most));
            if (!share.take(larger - body.length)) {
                throw overloaded();
            }
            body = Arrays.copyOf(body, larger);
        }
    }

    /** Called when the first piece is not the whole body. */
    private void arriving() {
        arriving = true;
        String token = shown == null ? LeadingToken.of(body, size) : null;
        if (token != null) {
            share.verified(guard.byToken(token).name());
        }
        if (!share.arriving(replies.caller.address().address())) {
            throw overloaded();
        }
    }

    private static ProblemException overloaded() {
        return new ProblemException(ErrorCode.OVERLOADED, "Too many request bodies are being read; please try again.");
    }

    @Override
    public void end() {
        if (!over && share.arrived()) {
            over = true;
            Thread.ofVirtual().name("broadcast").start(this::run);
        }
    }

    @Override
    public void abort() {
        if (!over) {
            over = true;
            share.close();
        }
    }

    private void run() {
        try (share) {
            byte[] whole = size == body.length ? body : Arrays.copyOf(body, size);
            replies.done(requests.take(event, shown, headers::getAll, whole));
        } catch (ProblemException e) {
            replies.refused(e);
        } catch (RuntimeException e) {
            log.error("A request failed", e);
            replies.failed(e);
        }
    }

    /** Answers one request, and counts the answer. */
    static final class Replies {

        private final long began = System.nanoTime();
        private final DirectEndpoint.Caller caller;
        private final DirectAnswers answers;
        private final @Nullable String origin;

        /** @param origin the page's origin; null when the request did not come from a page */
        Replies(DirectEndpoint.Caller caller, DirectAnswers answers, @Nullable String origin) {
            this.caller = caller;
            this.answers = answers;
            this.origin = origin;
        }

        void done(BroadcastRequests.Done done) {
            answer(answers.done(done), null, origin);
        }

        void refused(ProblemException e) {
            answer(answers.refused(e), null, e.code() == ErrorCode.ORIGIN_FORBIDDEN ? null : origin);
        }

        void failed(RuntimeException fault) {
            answer(answers.refused(ErrorCode.INTERNAL_ERROR), fault, origin);
        }

        private void answer(FullHttpResponse response, @Nullable RuntimeException fault, @Nullable String toOrigin) {
            if (toOrigin != null) {
                answers.toOrigin(response, toOrigin);
            }
            answers.note(response, fault, System.nanoTime() - began);
            caller.answer(response);
        }
    }
}
