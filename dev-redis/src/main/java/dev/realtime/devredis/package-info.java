/**
 * A redis-server for development. It belongs to a data folder, listens on loopback only, is found again after a crash,
 * is shared by the processes that use the folder, and ends with the last of them.
 *
 * <p>{@link dev.realtime.devredis.EmbeddedRedis} is the entry point. Never use it in production: the server in the jar
 * is the last release of its branch, without later fixes, and nothing supervises it except the processes that joined
 * it.
 */
@NullMarked
package dev.realtime.devredis;

import org.jspecify.annotations.NullMarked;
