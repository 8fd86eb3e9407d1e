/** The live board: the calls and orders that are going on, and what people are doing; under {@code /api/v1/board}. */
@NullMarked
package dev.realtime.contracts.board;

import org.jspecify.annotations.NullMarked;
