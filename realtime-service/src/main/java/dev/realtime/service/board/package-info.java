/**
 * What is going on now, folded from the stream of events: live calls, live orders, and what people are doing. Every
 * instance folds the same stream and so has the same board.
 *
 * <p>A board is a function of the events up to its position, and of nothing else: no clock, no order of maps. Hence it
 * can be saved and continued anywhere:
 *
 * <ol>
 *   <li>{@code BoardSaver}, on the leader, brings the saved board from the position that it has to the current one, in
 *       one step of Redis: a script that writes what has changed, or a whole board that is put aside first and then
 *       renamed. A script that comes too late finds a later position and does nothing.
 *   <li>{@code BoardLoader} reads the saved board, which nobody writes meanwhile, and folds the stream up to the
 *       position at which events wait in {@code Board}. Then those follow.
 * </ol>
 *
 * <p>So an instance starts with what was saved a second ago, and reads only the stream's tail. Each epoch has its own
 * saved board and begins with an empty one.
 */
@NullMarked
package dev.realtime.service.board;

import org.jspecify.annotations.NullMarked;
