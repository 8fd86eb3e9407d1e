package dev.realtime.service.security;

import dev.realtime.contracts.admin.AdminRole;

/**
 * Who calls the admin API.
 *
 * @param name the user, as the console knows him
 * @param role what he may do
 */
public record AdminCaller(String name, AdminRole role) {}
