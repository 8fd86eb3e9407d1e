package dev.realtime.service.blocks;

import java.util.Set;

/**
 * Users were blocked since this instance last checked. Listeners must end whatever they hold open for these users.
 * Published before a caller may rely on the block, and after every check that finds new blocks.
 *
 * @param userKeys the users who were not blocked before
 */
public record BlocksChanged(Set<String> userKeys) {}
