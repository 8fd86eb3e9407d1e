package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The broadcast API as Spring MVC knows it, so that other methods are answered as everywhere. Every POST is answered by
 * {@link DirectBroadcasts} and never comes here.
 */
@RestController
class BroadcastController {

    @PostMapping("/api/v1/broadcast/{event}")
    void broadcast() {
        throw new ProblemException(ErrorCode.EVENT_UNKNOWN, "There is no such event to broadcast; see /api/docs.");
    }
}
