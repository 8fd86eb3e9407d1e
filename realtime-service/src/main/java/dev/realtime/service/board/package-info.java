/**
 * What is going on now, folded from the stream of events: live calls, live orders, and what people are doing. Every
 * instance folds the same stream and so has the same board. It is saved in Redis with the position at which it is true,
 * so that an instance starts with it and reads only the stream's tail.
 */
@NullMarked
package dev.realtime.service.board;

import org.jspecify.annotations.NullMarked;
