package dev.realtime.service.recovery;

/** The result of presenting a pid. */
public sealed interface Claim {

    /** The claiming connection owns the session from now on. */
    record Found(SavedSession session) implements Claim {}

    /** The session's instance missed a part of the stream, so what the session has missed is unknown. */
    record Lost() implements Claim {}

    /** This user has no such session: it ended, expired or never existed. */
    record Unknown() implements Claim {}
}
