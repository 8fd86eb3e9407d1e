package dev.realtime.service.recovery;

/** What came of presenting a pid. */
public sealed interface Claim {

    /** The session is the claiming connection's from now on. */
    record Found(SavedSession session) implements Claim {}

    /** The session's instance missed a part of the stream, so that nobody knows what the session has missed. */
    record Lost() implements Claim {}

    /** There is no such session of this user: it has ended, its time is over, or it never was. */
    record Unknown() implements Claim {}
}
