package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.gateway.frontdoor.DirectEndpoint;
import dev.realtime.service.payload.PayloadLimits;
import dev.realtime.service.problem.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Broadcasts as services send them, a POST with a length and no Origin, for an event that there is: answered right behind
 * the front door. What the answer says is decided where {@link BroadcastController} has it from. A request's work is a
 * virtual thread's; there is one a connection at most.
 */
@Component
final class DirectBroadcasts implements DirectEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DirectBroadcasts.class);
    private static final String PREFIX = "/api/v1/broadcast/";

    private final BroadcastRequests requests;
    private final BodyMemory memory;
    private final DirectAnswers answers;

    DirectBroadcasts(BroadcastRequests requests, BodyMemory memory, DirectAnswers answers) {
        this.requests = requests;
        this.memory = memory;
        this.answers = answers;
    }

    @Override
    public boolean takes(HttpRequest head) {
        HttpHeaders headers = head.headers();
        long length = HttpUtil.getContentLength(head, -1L);
        return head.method().equals(HttpMethod.POST)
                && event(head).isPresent()
                && length >= 0
                && length <= PayloadLimits.MAX_BODY_BYTES
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.ORIGIN);
    }

    private static Optional<BroadcastEvent> event(HttpRequest head) {
        return head.uri().startsWith(PREFIX)
                ? BroadcastEvent.ofPath(head.uri().substring(PREFIX.length()))
                : Optional.empty();
    }

    @Override
    public Incoming begin(HttpRequest head, Consumer<FullHttpResponse> answer) {
        return new Request(event(head).orElseThrow(), head, answer);
    }

    private final class Request implements Incoming {

        private final long began = System.nanoTime();
        private final BroadcastEvent event;
        private final HttpHeaders headers;
        private final Consumer<FullHttpResponse> answer;
        private final BodyMemory.Share share = memory.open();
        private final int length;
        private byte[] body = {};
        private int size;
        private boolean over;

        Request(BroadcastEvent event, HttpRequest head, Consumer<FullHttpResponse> answer) {
            this.event = event;
            this.headers = head.headers();
            this.length = (int) HttpUtil.getContentLength(head, 0L);
            this.answer = answer;
        }

        @Override
        public void content(ByteBuf piece) {
            if (over) {
                return;
            }
            int more = piece.readableBytes();
            try {
                makeRoomFor(size + more);
            } catch (ProblemException e) {
                abort();
                answer(answers.refused(e), null);
                return;
            }
            piece.readBytes(body, size, more);
            size += more;
        }

        /**
         * Mostly the whole body comes in one piece; whoever sends it in many makes it be copied a few times only. There is
         * never more room than its length, so that in the end it is full.
         */
        private void makeRoomFor(int needed) {
            if (needed > body.length) {
                int larger = Math.max(needed, Math.min(2 * body.length, length));
                share.take(larger - body.length);
                body = Arrays.copyOf(body, larger);
            }
        }

        @Override
        public void end() {
            if (!over) {
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
            FullHttpResponse response;
            RuntimeException fault = null;
            try (share) {
                response = answers.done(requests.take(event, headers::getAll, body));
            } catch (ProblemException e) {
                response = answers.refused(e);
            } catch (RuntimeException e) {
                log.error("A request failed", e);
                fault = e;
                response = answers.refused(ErrorCode.INTERNAL_ERROR);
            }
            answer(response, fault);
        }

        private void answer(FullHttpResponse response, @Nullable RuntimeException fault) {
            answers.note(response, fault, System.nanoTime() - began);
            answer.accept(response);
        }
    }
}
