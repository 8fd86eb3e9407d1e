package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;

/** Who uses the page that is being answered. */
public final class CurrentUser {

    private CurrentUser() {}

    public static ConsoleUser get() {
        return new ConsoleUser("dev", AdminRole.ADMIN);
    }
}
