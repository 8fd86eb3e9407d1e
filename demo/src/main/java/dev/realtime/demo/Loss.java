package dev.realtime.demo;

/** Why a tab lost its connection. */
enum Loss {
    /** The service is unavailable or the connection broke: the tab reconnects. */
    BROKEN,
    /** The service refused or closed the connection for good. */
    SENT_AWAY
}
