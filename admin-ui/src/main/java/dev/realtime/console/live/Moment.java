package dev.realtime.console.live;

import java.time.Instant;

/**
 * The current state, as sent to listeners every second.
 *
 * @param now the current time
 * @param service the state of the service
 * @param deaf whether the console receives no events, since it has no connection to Redis
 * @param presence a number that changes whenever a socket connects, disconnects or changes rooms
 * @param events a number that changes with every event
 */
public record Moment(Instant now, ServiceState service, boolean deaf, long presence, long events) {

    /** Whether the shown data may be outdated. */
    public boolean isOld() {
        return service.isAway() || service.isRedisAway() || deaf;
    }
}
