package dev.realtime.service.blocks;

import java.time.Instant;

/**
 * A user who may not come in.
 *
 * @param userKey whose tokens are refused, as {@link dev.realtime.service.identity.Identity#userKey()} has it
 * @param until the end, by Redis' clock
 */
public record Block(String userKey, Instant until) {}
