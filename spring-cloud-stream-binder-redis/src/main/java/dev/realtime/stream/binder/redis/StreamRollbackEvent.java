package dev.realtime.stream.binder.redis;

/**
 * The server lost entries that this consumer had already read: it restarted without its last second of writes, a
 * lagging replica was promoted, or the stream was deleted. Reading continues with what the server has now.
 */
public class StreamRollbackEvent extends StreamContinuityEvent {

    /**
     * @param subscription the reader that detected the rollback
     * @param expectedId last id read
     * @param foundId the newest id in the stream that is not after it
     * @param lost number of entries lost, or -1 if unknown
     */
    public StreamRollbackEvent(StreamSubscription subscription, String expectedId, String foundId, long lost) {
        super(subscription, expectedId, foundId, lost);
    }
}
