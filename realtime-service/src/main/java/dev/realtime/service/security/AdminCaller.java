package dev.realtime.service.security;

import dev.realtime.contracts.admin.AdminRole;

/**
 * A caller of the admin API.
 *
 * @param name the user's name in the console
 * @param role what the user may do
 */
public record AdminCaller(String name, AdminRole role) {}
