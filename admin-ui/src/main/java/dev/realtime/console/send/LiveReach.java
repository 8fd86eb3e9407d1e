package dev.realtime.console.send;

import com.vaadin.flow.component.html.Div;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current receivers, updated within a second after the audience changes, and every few seconds when presence
 * changes.
 */
final class LiveReach extends Div {

    private static final long serialVersionUID = 1L;
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final AdminApi api;
    private final ConsoleUser user;
    private final Reach reach = new Reach();
    private volatile Audience wanted = Audiences.NOBODY;
    private @Nullable Audience asked;
    private Instant askedAt = Instant.EPOCH;
    private long presence;

    LiveReach(AdminApi api, ConsoleUser user, Live live) {
        this.api = api;
        this.user = user;
        add(reach);
        want(Audiences.NOBODY);
        live.tell(this, this::ask);
    }

    void want(Audience audience) {
        wanted = audience;
        reach.show(getTranslation(Audiences.isNobody(audience) ? "send.nobody" : "send.counting"));
    }

    private @Nullable Runnable ask(Moment moment) {
        Audience audience = wanted;
        boolean other = !audience.equals(asked);
        boolean moved = moment.presence() != presence && !moment.now().isBefore(askedAt.plus(PAUSE));
        if (Audiences.isNobody(audience) || !other && !moved) {
            asked = Audiences.isNobody(audience) ? null : asked;
            return null;
        }
        presence = moment.presence();
        askedAt = moment.now();
        try {
            AudiencePreview preview = api.preview(user, audience);
            asked = audience;
            return () -> showIf(audience, () -> reach.show(preview));
        } catch (ServiceAwayException | RefusedException e) {
            asked = null;
            return () -> showIf(audience, () -> reach.show(Words.reason(this, e)));
        }
    }

    private void showIf(Audience audience, Runnable change) {
        if (audience.equals(wanted)) {
            change.run();
        }
    }
}
