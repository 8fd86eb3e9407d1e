package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;

/**
 * Who uses the console.
 *
 * @param name as the audit shows it
 * @param role what the person may do
 */
public record ConsoleUser(String name, AdminRole role) {

    /** Whether the person may do what that role may. */
    public boolean may(AdminRole needed) {
        return role.compareTo(needed) >= 0;
    }
}
