package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import java.util.List;

/**
 * An instance's entries at one moment.
 *
 * @param instance its tag
 * @param generation the life of its entries that this is of
 * @param number how many changes there had been
 * @param sockets its sockets
 */
record Owner(String instance, String generation, long number, List<SocketPresence> sockets) {}
