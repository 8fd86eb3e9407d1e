package dev.realtime.socketio.engine.session;

/**
 * The bytes that a session's client makes the server hold. Code that keeps bytes must take room first and return it
 * once the bytes are handled or dropped. Thread-safe.
 */
public interface SessionBudget {

    /** Takes room for bytes; false, without taking any, if there is none. */
    boolean take(int bytes);

    /** Returns room that was taken. Has no effect after {@link #close()}. */
    void give(int bytes);

    /** The session belongs to this user from now on. */
    void identify(String user);

    /** Returns everything and refuses all further requests. A second call does nothing. */
    void close();

    /** The bytes held now. */
    int held();
}
