package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import java.util.Map;

/**
 * An instance's entries at one moment.
 *
 * @param instance its name
 * @param generation the life of its entries that this is of
 * @param number how many changes there had been
 * @param sockets its sockets by their references
 */
record Owner(String instance, String generation, long number, Map<String, SocketPresence> sockets) {}
