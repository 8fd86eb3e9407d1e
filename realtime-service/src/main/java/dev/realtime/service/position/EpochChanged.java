package dev.realtime.service.position;

/**
 * Redis has another epoch than this instance: Redis lost events, as another instance noticed or a missing key shows.
 * Published before the new epoch takes effect, on the thread that asked Redis; not published for an epoch that
 * {@link Epoch#renew} began here.
 *
 * @param before the epoch until now
 * @param now the epoch from now on
 */
public record EpochChanged(String before, String now) {}
