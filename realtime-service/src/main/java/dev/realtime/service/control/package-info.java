/**
 * Commands to every instance of the cluster, and what each answers: on the destination {@code control}, which has nothing
 * else. Whoever asks waits a moment for all instances that are known, and is told which did not answer.
 */
@NullMarked
package dev.realtime.service.control;

import org.jspecify.annotations.NullMarked;
