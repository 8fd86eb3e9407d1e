package dev.realtime.console.live;

import java.time.Instant;

/**
 * How things stand, as those who look are told each second.
 *
 * @param now when
 * @param service how the service is
 * @param deaf whether the console itself hears nothing of what happens, since it has no connection to Redis
 * @param presence a number that is another one whenever anybody came, went or changed rooms
 * @param events a number that is another one whenever an event went by
 */
public record Moment(Instant now, ServiceState service, boolean deaf, long presence, long events) {

    /** Whether what is shown may be old. */
    public boolean isOld() {
        return service.isAway() || service.isRedisAway() || deaf;
    }
}
