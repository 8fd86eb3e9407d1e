package dev.realtime.contracts.board;

/**
 * The payload of {@code call:unanswered}.
 *
 * @param seconds the configured time after which the call counts as unanswered, in seconds since its first event
 * @param step which of the configured times, from 1
 */
public record UnansweredCall(LiveCall call, long seconds, int step) {}
