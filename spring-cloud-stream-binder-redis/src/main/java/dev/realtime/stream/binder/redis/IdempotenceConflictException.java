package dev.realtime.stream.binder.redis;

/** The idempotence key was already used with another fingerprint; nothing was added. */
public class IdempotenceConflictException extends RuntimeException {

    private final String existingId;

    /**
     * @param stream key of the stream
     * @param existingId id of the entry that was added under the same key
     */
    public IdempotenceConflictException(String stream, String existingId) {
        super("The idempotence key was already used for another message; its entry in " + stream + " is " + existingId);
        this.existingId = existingId;
    }

    /** Id of the entry that was added under the same key. */
    public String existingId() {
        return existingId;
    }
}
