package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Declares the broadcast API to Spring MVC, so that other methods get the usual answers. {@link DirectBroadcasts}
 * answers every POST, so none arrives here.
 */
@RestController
class BroadcastController {

    @PostMapping("/api/v1/broadcast/{event}")
    void broadcast() {
        throw new ProblemException(ErrorCode.EVENT_UNKNOWN, "There is no such event to broadcast; see /api/docs.");
    }
}
