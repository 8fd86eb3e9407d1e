/** The view of connections: the table of sockets, the details of one, and an administrator's actions. */
@NullMarked
package dev.realtime.console.connections;

import org.jspecify.annotations.NullMarked;
