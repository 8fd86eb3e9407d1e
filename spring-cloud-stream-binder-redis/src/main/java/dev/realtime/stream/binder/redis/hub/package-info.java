/**
 * One reading connection for many streams of anonymous consumers.
 *
 * <p>A stream begins with a connection of its own. Once it is quiet, its reader offers it to a hub, which reads the
 * streams it has with one blocking command. A stream that does not suit the others goes back to a connection of its own:
 * a busy one, one whose handler is slower than what arrives, one that Redis refuses, one whose position contradicts the
 * server. So there is one way of recovering, the one of a stream alone.
 */
@NullMarked
package dev.realtime.stream.binder.redis.hub;

import org.jspecify.annotations.NullMarked;
