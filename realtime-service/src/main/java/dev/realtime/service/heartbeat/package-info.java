/** What an instance does at intervals: ask whether Redis is there, tell the others that it is, compare itself with them. */
@NullMarked
package dev.realtime.service.heartbeat;

import org.jspecify.annotations.NullMarked;
