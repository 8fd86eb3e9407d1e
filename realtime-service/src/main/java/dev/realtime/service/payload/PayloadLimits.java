package dev.realtime.service.payload;

/** Size limits. They are part of the API's contract and therefore not configurable. */
public final class PayloadLimits {

    /** Maximum size of a request body, in bytes: 1 MB. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    /** Maximum size of one event's payload, in bytes: 256 KB. */
    public static final int MAX_EVENT_BYTES = 256 * 1024;

    /** Maximum size of a notification's payload that has to be confirmed, in bytes: 16 KB. Its receipt contains it. */
    public static final int MAX_CONFIRMED_BYTES = 16 * 1024;

    /** Maximum nesting of objects and arrays, including the outermost object. */
    public static final int MAX_DEPTH = 64;

    /** Maximum number of rooms in one request. */
    public static final int MAX_ROOMS = 100;

    /** Maximum number of violations in one answer. */
    static final int MAX_VIOLATIONS = 20;

    private PayloadLimits() {}
}
