/** Who is connected: the table of sockets, what is known of one, and what an administrator may do with it. */
@NullMarked
package dev.realtime.console.connections;

import org.jspecify.annotations.NullMarked;
