package dev.realtime.service.gateway.server;

import dev.realtime.contracts.CloseCode;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.socketio.server.CloseCause;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.Farewell;
import org.springframework.stereotype.Component;

/** Tells clients why their connections are closed, and counts the closes. */
@Component
final class CloseNotices implements ClosePolicy {

    private final AbuseMetrics metrics;

    CloseNotices(AbuseMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Farewell farewell(CloseCause cause) {
        return CloseNotice.of(
                switch (cause) {
                    case ADMISSION_TIMEOUT -> CloseCode.AUTHENTICATION_TIMEOUT;
                    case SLOW_CLIENT -> CloseCode.SLOW_CLIENT;
                    case TOO_MANY_MESSAGES -> CloseCode.TOO_MANY_MESSAGES;
                    case TOO_MUCH_DATA -> CloseCode.TOO_MUCH_DATA;
                    case PROTOCOL_ERROR -> CloseCode.PROTOCOL_ERROR;
                });
    }

    @Override
    public void closed(Farewell farewell) {
        if (farewell instanceof CloseNotice notice) {
            metrics.closed(notice.code());
        }
    }
}
