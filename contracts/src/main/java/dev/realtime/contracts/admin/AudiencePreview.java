package dev.realtime.contracts.admin;

import java.util.List;
import java.util.Map;

/**
 * Who would get it now.
 *
 * @param users how many people
 * @param sockets how many sockets
 * @param byRole sockets by role
 * @param offline which of the users that were named have no socket
 */
public record AudiencePreview(int users, int sockets, Map<String, Integer> byRole, List<String> offline) {}
