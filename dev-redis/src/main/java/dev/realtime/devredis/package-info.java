/**
 * A redis-server for development: of a data folder, on loopback only, found again after a crash, shared by the processes
 * that use the folder, and ended by the last of them.
 *
 * <p>{@link dev.realtime.devredis.EmbeddedRedis} is the way in. Never for production: the server in the jar is the last
 * release of its branch, without the fixes that came later, and nobody watches it but the process that joined it.
 */
@NullMarked
package dev.realtime.devredis;

import org.jspecify.annotations.NullMarked;
