package dev.realtime.contracts.admin;

import java.util.Arrays;
import java.util.Optional;

/** What a user of the admin API may do; each may do what those before it may. */
public enum AdminRole {
    /** Sees. */
    VIEWER("viewer"),
    /** Sends notifications, and sees what is masked. */
    OPERATOR_ADMIN("operator-admin"),
    /** Closes sockets, moves them between rooms, blocks users. */
    ADMIN("admin");

    private final String claim;

    AdminRole(String claim) {
        this.claim = claim;
    }

    /** As it stands in a token's claim {@code role}. */
    public String claim() {
        return claim;
    }

    public static Optional<AdminRole> ofClaim(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}
