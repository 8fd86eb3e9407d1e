package dev.realtime.service.blocks;

import java.time.Instant;

/**
 * A user who may not connect.
 *
 * @param userKey the user whose tokens are refused, see {@link dev.realtime.service.identity.Identity#userKey()}
 * @param until the end, by Redis' clock
 */
public record Block(String userKey, Instant until) {}
