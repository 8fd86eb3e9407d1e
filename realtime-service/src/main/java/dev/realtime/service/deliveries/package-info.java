/** Records to how many sockets each instance wrote each event; Redis keeps the counts for a while. */
@NullMarked
package dev.realtime.service.deliveries;

import org.jspecify.annotations.NullMarked;
