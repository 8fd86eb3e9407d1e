package dev.realtime.stream.binder.redis;

/** Entries were trimmed or deleted before this consumer read them. Reading continues after the gap. */
public class StreamGapEvent extends StreamContinuityEvent {

    /**
     * @param subscription the reader that detected the gap
     * @param expectedId last id read
     * @param foundId the first existing id after it, or the last id ever added if there is none
     * @param missed number of entries missed, or -1 if unknown
     */
    public StreamGapEvent(StreamSubscription subscription, String expectedId, String foundId, long missed) {
        super(subscription, expectedId, foundId, missed);
    }
}
