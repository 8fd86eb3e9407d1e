package dev.realtime.service.board;

/** The board is being read from Redis, after a start or because this instance missed events. Try again. */
public final class NotReadyException extends RuntimeException {

    NotReadyException() {
        super("The live board is being read from Redis; try again.", null, false, false);
    }
}
