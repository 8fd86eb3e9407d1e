package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One pass over the tokens of a request body or of a payload. Malformed JSON ends the pass; violations are only
 * collected, because the token that decides whether the caller may see them can come last.
 */
final class ObjectScan {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PayloadLimits.MAX_DEPTH)
                    // The body limits them; numbers and names are passed on and never computed with.
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(PayloadLimits.MAX_BODY_BYTES)
                    .maxStringLength(PayloadLimits.MAX_BODY_BYTES)
                    .build())
            .build();

    static final String TOKEN = "token";
    static final String ROOMS = "rooms";
    static final String USER_ID = "userId";
    static final String CONFIRM = "confirm";

    private final BroadcastEvent event;
    private final byte[] bytes;
    private final JsonParser parser;
    private final List<Violation> violations = new ArrayList<>();

    /** The members of the outermost object. */
    final List<Cutter.Member> members = new ArrayList<>();
    /** The string and integer values of the payload's known members. */
    final Map<String, String> texts = new HashMap<>();
    /** The names of those that are integers. */
    final Set<String> integers = new HashSet<>();

    @Nullable
    String token;

    @Nullable
    Set<Room> rooms;

    @Nullable
    Room userRoom;

    @Nullable
    Confirmation confirmation;

    /** The first of the payload's members that has a name which the gateway itself uses; null if none has. */
    @Nullable
    String reserved;

    int payloadStart = -1;
    int payloadEnd = -1;
    /** The offset of the null in {@code "timestamp": null}; -1 if the payload has none. */
    int nullTimestamp = -1;

    private ObjectScan(BroadcastEvent event, byte[] bytes) {
        this.event = event;
        this.bytes = bytes;
        this.parser = JSON.createParser(ObjectReadContext.empty(), bytes);
    }

    /** Reads a request body: an envelope that wraps the payload, or shares one object with it. */
    static ObjectScan ofRequest(BroadcastEvent event, byte[] body) throws InvalidPayloadException {
        return run(event, body, ObjectScan::readEnvelope);
    }

    /** Reads a bare payload. */
    static ObjectScan ofPayload(BroadcastEvent event, byte[] json) throws InvalidPayloadException {
        return run(event, json, scan -> scan.readPayload("", scan.members, false));
    }

    private interface Reading {
        void read(ObjectScan scan);
    }

    private static ObjectScan run(BroadcastEvent event, byte[] bytes, Reading reading) throws InvalidPayloadException {
        BrowserText.check(bytes);
        ObjectScan scan = new ObjectScan(event, bytes);
        try (JsonParser parser = scan.parser) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidPayloadException(ErrorCode.BODY_MALFORMED, "", "The body is empty.");
            } else if (first == JsonToken.START_OBJECT) {
                reading.read(scan);
            } else {
                throw new InvalidPayloadException(ErrorCode.BODY_MALFORMED, "", "The body is not a JSON object.");
            }
            if (parser.nextToken() != null) {
                throw new InvalidPayloadException(
                        ErrorCode.BODY_MALFORMED, "", "The body must end after the JSON object.");
            }
            return scan;
        } catch (StreamConstraintsException e) {
            throw new InvalidPayloadException(
                    ErrorCode.BODY_MALFORMED,
                    "",
                    "The JSON is nested deeper than " + PayloadLimits.MAX_DEPTH + " levels.");
        } catch (JacksonException e) {
            // The parser's message may repeat what was sent.
            throw new InvalidPayloadException(
                    ErrorCode.BODY_MALFORMED,
                    "",
                    "The body is not well-formed JSON: see line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        }
    }

    boolean isValid() {
        return violations.isEmpty();
    }

    /** Throws all collected violations. */
    void throwViolations() throws InvalidPayloadException {
        if (!violations.isEmpty()) {
            throw new InvalidPayloadException(ErrorCode.VALIDATION_FAILED, violations);
        }
    }

    private void readEnvelope() {
        String field = event.payloadField().orElse(null);
        if (field == null) {
            readPayload("", members, true);
            return;
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int start = tokenStart();
            JsonToken value = parser.nextToken();
            if (name.equals(field)) {
                once(name, seen);
                readPayloadMember(field, value);
            } else if (!readEnvelopeMember(name, value, seen)) {
                skipValue();
            }
            members.add(new Cutter.Member(name, start, tokenEnd()));
        }
        if (!seen.contains(field)) {
            violation(field, "is required.");
        }
    }

    private void readPayloadMember(String field, JsonToken value) {
        payloadStart = tokenStart();
        if (value == JsonToken.START_OBJECT) {
            readPayload(field + ".", new ArrayList<>(), false);
        } else {
            skipValue();
            violation(field, value == JsonToken.VALUE_NULL ? "is required." : "must be a JSON object.");
        }
        payloadEnd = tokenEnd();
    }

    /** Reads token, rooms, confirm and userId; returns false for any other member. */
    private boolean readEnvelopeMember(String name, JsonToken value, Set<String> seen) {
        switch (name) {
            case TOKEN -> {
                once(name, seen);
                readToken(value);
            }
            case ROOMS -> {
                once(name, seen);
                rooms = RoomList.read(parser, value, ROOMS, PayloadLimits.MAX_ROOMS, this::violation);
            }
            case CONFIRM -> {
                if (event.payloadField().isEmpty()) {
                    return false;
                }
                once(name, seen);
                readConfirm(value);
            }
            case USER_ID -> {
                if (event != BroadcastEvent.NOTIFICATION) {
                    return false;
                }
                once(name, seen);
                readUserId(value);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readPayload(String prefix, List<Cutter.Member> places, boolean withEnvelope) {
        Map<String, FieldType> fields = PayloadShape.fields(event);
        Set<String> seen = new HashSet<>();
        if (payloadStart < 0) {
            payloadStart = tokenStart();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int start = tokenStart();
            JsonToken value = parser.nextToken();
            FieldType type = fields.get(name);
            if (reserved == null && Confirmation.MEMBERS.contains(name)) {
                reserved = name;
            }
            if (type == FieldType.NOTED) {
                note(name, value);
            } else if (type != null) {
                once(prefix, name, seen);
                readField(prefix, name, type, value);
            } else if (!withEnvelope || !readEnvelopeMember(name, value, seen)) {
                skipValue();
            }
            places.add(new Cutter.Member(name, start, tokenEnd()));
        }
        payloadEnd = tokenEnd();
        String required = event.requiredField();
        if (!seen.contains(required)) {
            violation(prefix + required, "is required.");
        }
    }

    private void readField(String prefix, String name, FieldType type, JsonToken value) {
        boolean required = name.equals(event.requiredField());
        int start = tokenStart();
        if (value == JsonToken.VALUE_NULL) {
            if (required) {
                violation(prefix + name, "is required.");
            } else if (name.equals("timestamp")) {
                nullTimestamp = start;
            }
            return;
        }
        String text =
                value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT ? parser.getString() : null;
        String complaint = type.complaintAbout(value, text);
        if (complaint != null) {
            violation(prefix + name, complaint);
        } else if (text != null && type != FieldType.ANYTHING && type != FieldType.WITH_ID) {
            if (required && text.isEmpty()) {
                violation(prefix + name, "must not be empty.");
            } else if (!BrowserText.isEncodable(text)) {
                violation(prefix + name, "must not contain half of a surrogate pair.");
            }
            keep(name, value, text);
        }
        if (type == FieldType.WITH_ID) {
            readItsId(name, value);
        }
        skipValue();
    }

    /** Keeps a member that the sender is free to use as they like. */
    private void note(String name, JsonToken value) {
        if (value == JsonToken.VALUE_STRING && BrowserText.isEncodable(parser.getString())) {
            keep(name, value, parser.getString());
        }
        skipValue();
    }

    private void keep(String name, JsonToken value, String text) {
        texts.put(name, text);
        if (value == JsonToken.VALUE_NUMBER_INT) {
            integers.add(name);
        }
    }

    /** Keeps the id of an object in the payload, as {@code <name>.id}. Ends at the end of the object. */
    private void readItsId(String name, JsonToken value) {
        while (value == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isId = parser.currentName().equals("id");
            JsonToken member = parser.nextToken();
            if (isId && (member == JsonToken.VALUE_STRING || member == JsonToken.VALUE_NUMBER_INT)) {
                keep(name + ".id", member, parser.getString());
            }
            skipValue();
        }
    }

    private void readToken(JsonToken value) {
        if (value != JsonToken.VALUE_NULL) {
            // A token of another type is a wrong token; the empty token is never right.
            token = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        }
        skipValue();
    }

    private void readConfirm(JsonToken value) {
        if (event == BroadcastEvent.NOTIFICATION) {
            confirmation = ConfirmMember.read(parser, value, this::violation);
        } else if (value != JsonToken.VALUE_NULL) {
            // Ignoring it would let the sender wait for confirmations that nobody is asked for.
            violation(CONFIRM, "is only for notifications.");
        }
        skipValue();
    }

    private void readUserId(JsonToken value) {
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
            try {
                userRoom = Room.user(parser.getString());
            } catch (InvalidRoomException e) {
                violation(USER_ID, "must be a user's id: not empty, no longer than a room's name, printable.");
            }
        } else if (value != JsonToken.VALUE_NULL) {
            violation(USER_ID, "must be a string or an integer.");
        }
        skipValue();
    }

    private void once(String name, Set<String> seen) {
        once("", name, seen);
    }

    private void once(String prefix, String name, Set<String> seen) {
        if (!seen.add(name)) {
            violation(prefix + name, "must be given only once.");
        }
    }

    private void violation(String path, String message) {
        if (violations.size() < PayloadLimits.MAX_VIOLATIONS) {
            violations.add(new Violation(path, message));
        }
    }

    /** Moves to the end of the current value. */
    private void skipValue() {
        parser.skipChildren();
        // Strings are read lazily; their end is known only after this call.
        parser.finishToken();
    }

    private int tokenStart() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private int tokenEnd() {
        parser.finishToken();
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    byte[] bytes() {
        return bytes;
    }
}
