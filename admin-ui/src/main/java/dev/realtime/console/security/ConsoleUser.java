package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;

/**
 * A user of the console.
 *
 * @param name the name shown in the audit
 * @param role what the user may do
 */
public record ConsoleUser(String name, AdminRole role) {

    /** Whether the user has at least that role. */
    public boolean may(AdminRole needed) {
        return role.compareTo(needed) >= 0;
    }
}
