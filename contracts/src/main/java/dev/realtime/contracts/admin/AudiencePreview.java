package dev.realtime.contracts.admin;

import java.util.List;
import java.util.Map;

/**
 * Who would receive a notification now.
 *
 * @param users number of users
 * @param sockets number of sockets
 * @param byRole sockets by role
 * @param offline the named users without a socket
 */
public record AudiencePreview(int users, int sockets, Map<String, Integer> byRole, List<String> offline) {}
