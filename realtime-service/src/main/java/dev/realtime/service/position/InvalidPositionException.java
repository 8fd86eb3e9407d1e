package dev.realtime.service.position;

/** A text is not a position. */
public final class InvalidPositionException extends Exception {

    InvalidPositionException(String message) {
        super(message);
    }
}
