package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastAccepted;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes events from services, all of the requests that {@link DirectBroadcasts} does not take: from pages of other
 * origins, with chunked bodies, for events that there are not.
 */
@RestController
class BroadcastController {

    private final BroadcastRequests requests;
    private final BodyMemory memory;

    BroadcastController(BroadcastRequests requests, BodyMemory memory) {
        this.requests = requests;
        this.memory = memory;
    }

    @PostMapping("/api/v1/broadcast/{event}")
    ResponseEntity<BroadcastAccepted> broadcast(@PathVariable("event") String path, HttpServletRequest request)
            throws IOException {
        BroadcastEvent event = BroadcastEvent.ofPath(path)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.EVENT_UNKNOWN, "There is no such event to broadcast; see /api/docs."));
        try (BodyMemory.Share share = memory.open()) {
            byte[] body = RequestBody.read(request, share);
            BroadcastRequests.Done done = requests.take(event, RequestHeaders.of(request), body);
            ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                    // Not negotiated: it is too late to refuse a client that accepts no JSON.
                    .contentType(MediaType.APPLICATION_JSON);
            if (done.repeated()) {
                answer.header(BroadcastRequests.REPLAYED, "true");
            }
            return answer.body(done.answer());
        }
    }
}
