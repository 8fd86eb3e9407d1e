package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import java.util.Map;

/**
 * An instance's entries at one moment.
 *
 * @param instance the name of the instance
 * @param generation the generation of its entries
 * @param number the number of the last change
 * @param sockets its sockets by their references
 */
record Owner(String instance, String generation, long number, Map<String, SocketPresence> sockets) {}
