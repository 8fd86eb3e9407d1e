/**
 * What the gateway itself tells about the board: calls that nobody answers, and what operators are doing.
 *
 * <p>What was told stands in the stream and is folded into the board like any other event, so every instance knows it,
 * also one that starts later. An instance tells something only after its board has seen everything that was in the
 * stream at that moment; what two instances tell at the same time has the same idempotence key and is in the stream
 * once.
 */
@NullMarked
package dev.realtime.service.board.announce;

import org.jspecify.annotations.NullMarked;
