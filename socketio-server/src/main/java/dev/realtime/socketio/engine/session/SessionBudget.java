package dev.realtime.socketio.engine.session;

/**
 * How many bytes a session's client makes the server hold. Whoever keeps bytes takes them first and gives them back once
 * they are handled or dropped. Thread-safe.
 */
public interface SessionBudget {

    /** Takes bytes before they are kept; false, and nothing is taken, when there is no room. */
    boolean take(int bytes);

    /** Gives back bytes that were taken. After the end there is nothing to give back. */
    void give(int bytes);

    /** The session belongs to this user from now on. */
    void identify(String user);

    /** The end: gives back everything, and takes nothing any more. A second call does nothing. */
    void close();

    /** How many bytes are held. */
    int held();
}
