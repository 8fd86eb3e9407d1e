/** To how many sockets each event was written, on each instance: kept in Redis for a while. */
@NullMarked
package dev.realtime.service.deliveries;

import org.jspecify.annotations.NullMarked;
