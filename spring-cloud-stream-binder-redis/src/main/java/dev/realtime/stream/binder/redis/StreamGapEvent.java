package dev.realtime.stream.binder.redis;

/** Entries were trimmed or deleted before this consumer had read them. Reading goes on after the gap. */
public class StreamGapEvent extends StreamContinuityEvent {

    /**
     * @param subscription who noticed
     * @param expectedId last id read
     * @param foundId first id there is after it, or the last one ever added when there is none
     * @param missed how many entries were missed, or -1
     */
    public StreamGapEvent(StreamSubscription subscription, String expectedId, String foundId, long missed) {
        super(subscription, expectedId, foundId, missed);
    }
}
