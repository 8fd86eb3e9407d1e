package dev.realtime.service.position;

/**
 * Redis says another epoch than this instance had: Redis lost events, as another instance has noticed or as a missing key
 * tells. Published before the new one counts, on the thread that asked Redis; never for what {@link Epoch#renew} has begun here.
 *
 * @param before the epoch until now
 * @param now the epoch from now on
 */
public record EpochChanged(String before, String now) {}
