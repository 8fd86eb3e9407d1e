/** What the console knows without being asked: how the service is, what went on, and who is told of it each second. */
@NullMarked
package dev.realtime.console.live;

import org.jspecify.annotations.NullMarked;
