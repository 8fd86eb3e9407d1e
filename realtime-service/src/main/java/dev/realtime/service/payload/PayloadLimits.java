package dev.realtime.service.payload;

/** How large things may be. Part of the API's contract, so no configuration. */
public final class PayloadLimits {

    /** The longest request body, in bytes: 1 MB. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    /** The longest payload of one event, in bytes: 256 KB. */
    public static final int MAX_EVENT_BYTES = 256 * 1024;

    /** The deepest nesting of objects and arrays, the outermost object included. */
    public static final int MAX_DEPTH = 64;

    /** The most rooms one request may name. */
    public static final int MAX_ROOMS = 100;

    /** The most violations that one answer tells. */
    static final int MAX_VIOLATIONS = 20;

    private PayloadLimits() {}
}
