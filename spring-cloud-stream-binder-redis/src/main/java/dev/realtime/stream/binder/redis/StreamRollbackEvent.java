package dev.realtime.stream.binder.redis;

/**
 * The server has lost entries that this consumer had already read: it came back without its last second, a replica that
 * lagged was promoted, or the stream was deleted. Reading goes on with what is there now.
 */
public class StreamRollbackEvent extends StreamContinuityEvent {

    /**
     * @param subscription who noticed
     * @param expectedId last id read
     * @param foundId newest id of the stream that is not after it
     * @param lost how many entries were lost, or -1
     */
    public StreamRollbackEvent(StreamSubscription subscription, String expectedId, String foundId, long lost) {
        super(subscription, expectedId, foundId, lost);
    }
}
