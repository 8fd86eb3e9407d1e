package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.Notification.Position;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.contracts.ErrorCode;
import java.util.Arrays;

/** Shows messages about the outcome of actions. */
public final class Words {

    private static final int SHORT = 5_000;
    private static final int LONG = 12_000;

    private Words() {}

    /** Shows a success. */
    public static void success(String text) {
        show(text, NotificationVariant.SUCCESS, SHORT);
    }

    /** Shows a failure with its cause. */
    public static void failure(Component of, RuntimeException failure) {
        show(reason(of, failure), NotificationVariant.ERROR, LONG);
    }

    /** Shows a problem with a custom text. */
    public static void problem(String text) {
        show(text, NotificationVariant.ERROR, LONG);
    }

    private static void show(String text, NotificationVariant variant, int millis) {
        Notification notification = new Notification(text, millis, Position.BOTTOM_START);
        notification.addThemeVariants(variant);
        notification.getElement().setAttribute("role", "alert");
        notification.open();
    }

    /**
     * The cause of a failure in the user's language.
     *
     * @throws RuntimeException the failure itself if it does not come from the service: a fault of the console
     */
    public static String reason(Component of, RuntimeException failure) {
        return switch (failure) {
            case ServiceAwayException away -> of.getTranslation("failure.away");
            case RefusedException refused when refused.isRedisAway() -> of.getTranslation("failure.redis");
            case RefusedException refused
            when refused.is(ErrorCode.BOARD_NOT_READY) -> of.getTranslation("failure.board");
            case RefusedException refused
            when refused.is(ErrorCode.FORBIDDEN) -> of.getTranslation("failure.forbidden");
            case RefusedException refused when refused.is(ErrorCode.NOT_FOUND) -> of.getTranslation("failure.gone");
            case RefusedException refused ->
                of.getTranslation("failure." + kind(refused), refused.problem().code());
            default -> throw failure;
        };
    }

    /** What kind of refusal it is. The service's own sentences are English, and for programs. */
    private static String kind(RefusedException refused) {
        String code = refused.problem().code();
        return Arrays.stream(ErrorCode.values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .map(known -> switch (known) {
                    case VALIDATION_FAILED, PAYLOAD_INVALID, BODY_MALFORMED, REQUEST_INVALID, POSITION_INVALID ->
                        "invalid";
                    case ROOM_INVALID, ROOM_UNKNOWN, ROOM_FORBIDDEN -> "room";
                    case BODY_TOO_LARGE -> "large";
                    case OVERLOADED, TOO_MANY_EVENTS -> "overloaded";
                    case BACKPLANE_FULL -> "full";
                    case RECEIPTS_FULL -> "receipts";
                    case BACKPLANE_READ_ONLY,
                            BACKPLANE_FORBIDDEN,
                            BACKPLANE_MISCONFIGURED,
                            BACKPLANE_NOT_READY,
                            BACKPLANE_REFUSED -> "redis-refuses";
                    default -> "refused";
                })
                .orElse("refused");
    }
}
