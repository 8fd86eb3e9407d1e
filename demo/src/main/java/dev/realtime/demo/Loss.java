package dev.realtime.demo;

/** Why a tab has no connection any more. */
enum Loss {
    /** The service is away, or the connection broke, or it was closed for a reason after which one comes back. */
    BROKEN,
    /** The service said to stay away. */
    SENT_AWAY
}
