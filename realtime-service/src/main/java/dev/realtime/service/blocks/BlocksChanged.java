package dev.realtime.service.blocks;

import java.util.Set;

/**
 * Users are blocked since this instance last looked; whoever keeps something of theirs open must end it. Published before
 * anybody can rely on it, and after every look-up of the list says so.
 *
 * @param userKeys who was not blocked before
 */
public record BlocksChanged(Set<String> userKeys) {}
