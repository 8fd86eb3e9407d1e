package dev.realtime.console.launch;

import dev.realtime.console.security.ConsoleProperties;
import dev.realtime.console.security.ConsoleProperties.User;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.launch.StartupProblems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the configured users and the roles of OIDC users. */
final class UserRules {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final int LOWEST_COST = 10;
    /** A login with a cost of 16 takes seconds; a cost of 31 would take days. */
    private static final int HIGHEST_COST = 16;

    private static final int LONGEST_NAME = 100;
    private static final String ROLES = "viewer, operator-admin or admin";

    private final ConsoleProperties properties;
    private final StartupProblems problems;

    UserRules(ConsoleProperties properties, StartupProblems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    void check(boolean oidc) {
        List<User> users = properties.users();
        for (int i = 0; i < users.size(); i++) {
            checkUser("console.users[" + i + "]", "CONSOLE_USERS_" + i, users.get(i));
        }
        String adminHash = properties.adminPasswordHash();
        if (adminHash != null) {
            checkHash("CONSOLE_ADMIN_PASSWORD_HASH", adminHash);
        }
        checkDuplicates();
        properties.oidc().roles().values().forEach(role -> {
            if (AdminRole.ofClaim(role).isEmpty()) {
                problems.add("console.oidc.roles has the role \"" + role + "\"; each must be " + ROLES + ".");
            }
        });
        if (oidc && properties.oidc().roles().isEmpty()) {
            problems.add("console.oidc.roles must map values of the claim "
                    + properties.oidc().roleClaim() + " to the roles " + ROLES
                    + ": an OIDC client is configured, but its users could not log in.");
        }
    }

    private void checkUser(String property, String variable, User user) {
        String name = user.name();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME || !printable(name)) {
            problems.add(property + ".name (" + variable + "_NAME) must be a name of 1 to " + LONGEST_NAME
                    + " characters, without line breaks, surrounding white space, or a colon, which separates the"
                    + " provider in the names of OIDC users.");
        }
        String hash = user.passwordHash();
        checkHash(property + ".password-hash (" + variable + "_PASSWORD_HASH)", hash);
        String role = user.role();
        if (role == null || AdminRole.ofClaim(role).isEmpty()) {
            problems.add(property + ".role (" + variable + "_ROLE) must be " + ROLES + ".");
        }
    }

    private static boolean printable(String name) {
        return name.equals(name.strip()) && name.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
    }

    /** Never repeats the value, which may be a password entered in place of its hash. */
    private void checkHash(String name, @Nullable String hash) {
        Matcher matcher = BCRYPT.matcher(hash == null ? "" : hash);
        String problem = null;
        if (!matcher.matches()) {
            problem = "must be a bcrypt hash ($2a$, $2b$ or $2y$, 60 characters; escape its dollar signs"
                    + " for a shell or Compose)";
        } else {
            int cost = Integer.parseInt(matcher.group(1));
            if (cost < LOWEST_COST || cost > HIGHEST_COST) {
                problem = "must have a cost from " + LOWEST_COST + " to " + HIGHEST_COST + ", but it has " + cost;
            }
        }
        if (problem != null) {
            problems.add(name + " " + problem + ". Generate one with: " + HashPasswordCommand.USAGE);
        }
    }

    private void checkDuplicates() {
        Set<String> seen = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (User user : properties.allUsers()) {
            String name = user.name();
            if (name != null && !seen.add(name) && told.add(name)) {
                problems.add("The user \"" + name + "\" occurs more than once in console.users (CONSOLE_USERS_n_NAME"
                        + (name.equals(ConsoleProperties.ADMIN) ? ", CONSOLE_ADMIN_PASSWORD_HASH" : "")
                        + "): names must be unique.");
            }
        }
    }
}
