package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.contracts.admin.ConfirmationRequest;
import dev.realtime.contracts.admin.Sender;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a notification's record says about its confirmation. The id of the record in which a notification was first sent
 * names the receipt: clients get it as {@code confirmId}, a member that every reader of the stream adds to the payload,
 * in the same way.
 *
 * @param receipt the id of the notification first sent; null in its own record
 * @param step how often it has been sent before
 * @param within seconds until whoever has not confirmed is reminded; 0 in reminders and escalations
 * @param escalateTo the rooms that it goes to after as long again; none in reminders and escalations
 * @param sender who sent it; null in reminders and escalations, and if that is not known
 */
public record Confirmation(
        @Nullable String receipt,
        Step step,
        int within,
        List<Room> escalateTo,
        @Nullable Sender sender) {

    /** The longest time for a confirmation, in seconds. */
    public static final int LONGEST = ConfirmationRequest.LONGEST;

    public static final int MOST_ROOMS = ConfirmationRequest.MOST_ROOMS;

    static final String WITHIN_RULE = "must be a whole number of seconds, from 1 to " + LONGEST + ".";

    /** The payload's members that the gateway adds. */
    static final Set<String> MEMBERS = Set.of("confirmId", "reminder", "escalation");

    private static final Pattern DIGITS = Pattern.compile("\\d{1,6}");
    private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,15}");

    /** Which of its notifications a record is. */
    public enum Step {
        /** The notification as it was first sent. */
        SENT,
        /** The same, once more for those who have not confirmed. */
        REMINDER,
        /** The same for further rooms. */
        ESCALATION;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** The name of the payload's member that marks it, and the value of {@link StreamHeaders#STEP}. */
        public String text() {
            return text;
        }
    }

    public Confirmation {
        escalateTo = List.copyOf(escalateTo);
    }

    /** A notification that asks for confirmation. */
    public static Confirmation asked(int within, List<Room> escalateTo) {
        return new Confirmation(null, Step.SENT, within, escalateTo, null);
    }

    /** The same, sent by somebody. */
    public Confirmation from(Sender somebody) {
        return new Confirmation(receipt, step, within, escalateTo, somebody);
    }

    /** A reminder or an escalation of an earlier notification. */
    public static Confirmation again(String receipt, Step step) {
        return new Confirmation(receipt, step, 0, List.of(), null);
    }

    /** The seconds in a text; null if they are not allowed. */
    public static @Nullable Integer within(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return null;
        }
        int seconds = Integer.parseInt(text);
        return seconds >= 1 && seconds <= LONGEST ? seconds : null;
    }

    /** The receipt's name, for a record with this id. */
    public String receiptOf(String recordId) {
        return receipt == null ? recordId : receipt;
    }

    /** The headers of its record, see {@link StreamHeaders}. */
    public Map<String, Object> headers() {
        Map<String, Object> headers = new LinkedHashMap<>();
        if (receipt == null) {
            headers.put(StreamHeaders.CONFIRM, String.valueOf(within));
            if (!escalateTo.isEmpty()) {
                headers.put(
                        StreamHeaders.ESCALATE_TO,
                        escalateTo.stream().map(Room::toString).toList());
            }
            if (sender != null && sender.service() != null) {
                headers.put(StreamHeaders.SERVICE, sender.service());
            }
            if (sender != null && sender.admin() != null) {
                headers.put(StreamHeaders.ADMIN, sender.admin());
            }
        } else {
            headers.put(StreamHeaders.RECEIPT, receipt);
            headers.put(StreamHeaders.STEP, step.text());
        }
        return headers;
    }

    /**
     * Reads a record's headers, which any publisher may have written.
     *
     * @return null for a notification that nobody has to confirm
     * @throws InvalidPayloadException when the headers are not as {@link StreamHeaders} says
     * @throws dev.realtime.contracts.InvalidRoomException when they name an invalid room
     */
    public static @Nullable Confirmation of(Map<String, Object> headers) throws InvalidPayloadException {
        Object receipt = headers.get(StreamHeaders.RECEIPT);
        if (receipt != null) {
            return again(text(receipt, StreamHeaders.RECEIPT), step(headers.get(StreamHeaders.STEP)));
        }
        Object confirm = headers.get(StreamHeaders.CONFIRM);
        if (confirm == null) {
            return null;
        }
        Integer within = within(String.valueOf(confirm));
        if (within == null) {
            throw invalid(StreamHeaders.CONFIRM, WITHIN_RULE);
        }
        List<Room> rooms = headers.get(StreamHeaders.ESCALATE_TO) instanceof List<?> printed
                ? printed.stream().map(room -> Room.parse(String.valueOf(room))).toList()
                : List.of();
        if (rooms.size() > MOST_ROOMS) {
            throw invalid(StreamHeaders.ESCALATE_TO, "must not name more than " + MOST_ROOMS + " rooms.");
        }
        Sender sender = sender(headers);
        return sender == null ? asked(within, rooms) : asked(within, rooms).from(sender);
    }

    private static @Nullable Sender sender(Map<String, Object> headers) {
        if (headers.get(StreamHeaders.ADMIN) instanceof String admin) {
            return Sender.admin(admin);
        }
        return headers.get(StreamHeaders.SERVICE) instanceof String service ? Sender.service(service) : null;
    }

    private static String text(Object receipt, String header) throws InvalidPayloadException {
        String text = String.valueOf(receipt);
        if (!ID.matcher(text).matches()) {
            throw invalid(header, "must be the id of a record.");
        }
        return text;
    }

    private static Step step(@Nullable Object text) throws InvalidPayloadException {
        for (Step step : List.of(Step.REMINDER, Step.ESCALATION)) {
            if (step.text().equals(text)) {
                return step;
            }
        }
        throw invalid(StreamHeaders.STEP, "must be reminder or escalation.");
    }

    private static InvalidPayloadException invalid(String header, String message) {
        return new InvalidPayloadException(ErrorCode.VALIDATION_FAILED, header, message);
    }

    /**
     * Adds the members by which clients know what to confirm.
     *
     * @param payload a JSON object with at least one member, none of them named as these
     * @param recordId the id of its record
     */
    public byte[] mark(byte[] payload, String recordId) {
        byte[] mark = addition(recordId);
        byte[] marked = Arrays.copyOf(payload, payload.length + mark.length - 1);
        System.arraycopy(mark, 0, marked, payload.length - 1, mark.length);
        return marked;
    }

    /** The payload without what {@link #mark} has added. */
    public byte[] unmark(byte[] marked, String recordId) {
        byte[] payload = Arrays.copyOf(marked, marked.length - addition(recordId).length + 1);
        payload[payload.length - 1] = '}';
        return payload;
    }

    private byte[] addition(String recordId) {
        String mark = step == Step.SENT ? "" : ",\"" + step.text() + "\":true";
        return (",\"confirmId\":\"" + receiptOf(recordId) + "\"" + mark + "}").getBytes(StandardCharsets.US_ASCII);
    }
}
