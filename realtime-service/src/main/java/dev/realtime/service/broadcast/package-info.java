/** {@code POST /api/v1/broadcast/…}: what services ask to be told to clients, judged and handed to the backplane. */
@NullMarked
package dev.realtime.service.broadcast;

import org.jspecify.annotations.NullMarked;
