package dev.realtime.console.connections;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Outcome;
import dev.realtime.console.parts.ReasonDialog;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.BlockAction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks for the duration and the reason of a block. */
final class BlockDialog {

    /** The duration; null for a custom number of minutes. */
    enum Span {
        QUARTER(Duration.ofMinutes(15)),
        HOUR(Duration.ofHours(1)),
        SHIFT(Duration.ofHours(8)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MINUTES(null);

        private final @Nullable Duration length;

        Span(@Nullable Duration length) {
            this.length = length;
        }
    }

    private static final int MOST_MINUTES = (int) (BlockAction.LONGEST / 60);

    private final AdminApi api;
    private final ConsoleUser user;
    private final String userKey;
    private final String name;
    private final Runnable done;
    private final Select<Span> span = new Select<>();
    private final IntegerField minutes = new IntegerField();

    BlockDialog(AdminApi api, ConsoleUser user, String userKey, String name, Runnable done) {
        this.api = api;
        this.user = user;
        this.userKey = userKey;
        this.name = name;
        this.done = done;
        span.setLabel(span.getTranslation("connections.block-for"));
        span.setItems(Span.values());
        span.setItemLabelGenerator(each -> span.getTranslation("connections.block-" + each.ordinal()));
        span.setValue(Span.HOUR);
        span.setWidthFull();
        minutes.setLabel(span.getTranslation("connections.block-minutes"));
        minutes.setMin(1);
        minutes.setMax(MOST_MINUTES);
        minutes.setStepButtonsVisible(true);
        minutes.setWidthFull();
        minutes.setVisible(false);
        minutes.setManualValidation(true);
        span.addValueChangeListener(chosen -> minutes.setVisible(chosen.getValue() == Span.MINUTES));
    }

    void open() {
        new ReasonDialog(
                        span.getTranslation("connections.block-title", name),
                        span.getTranslation("connections.block-means", name, userKey),
                        span.getTranslation("connections.block"),
                        this::block,
                        span,
                        minutes)
                .open();
    }

    private ReasonDialog.@Nullable Task<?> block(String reason) {
        Long seconds = seconds();
        if (seconds == null) {
            return null;
        }
        Times times = Times.of(span.getUI().orElseThrow());
        BlockAction action = new BlockAction(seconds, reason);
        return new ReasonDialog.Task<>(() -> api.block(user, userKey, action), result -> blocked(result, times));
    }

    private String blocked(ActionResult result, Times times) {
        done.run();
        String until = result.until();
        return span.getTranslation(
                "connections.blocked-until",
                name,
                until == null ? "–" : times.day(Instant.parse(until)),
                Outcome.words(span, result));
    }

    /** Null if the number of minutes is invalid; the field then shows an error. */
    private @Nullable Long seconds() {
        Duration length = span.getValue().length;
        if (length != null) {
            return length.toSeconds();
        }
        Integer number = minutes.getValue();
        boolean wrong = number == null || number < 1 || number > MOST_MINUTES;
        minutes.setInvalid(wrong);
        minutes.setErrorMessage(wrong ? span.getTranslation("connections.block-wrong", MOST_MINUTES) : "");
        if (number == null || wrong) {
            minutes.focus();
            return null;
        }
        return number * 60L;
    }
}
