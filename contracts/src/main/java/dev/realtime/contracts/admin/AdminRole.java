package dev.realtime.contracts.admin;

import java.util.Arrays;
import java.util.Optional;

/** What an administrator may do. Each role includes the ones before it. */
public enum AdminRole {
    /** Reads. */
    VIEWER("viewer"),
    /** Sends notifications and sees masked values. */
    OPERATOR_ADMIN("operator-admin"),
    /** Closes sockets, moves them between rooms, blocks users. */
    ADMIN("admin");

    private final String claim;

    AdminRole(String claim) {
        this.claim = claim;
    }

    /** The value of the token's claim {@code role}. */
    public String claim() {
        return claim;
    }

    public static Optional<AdminRole> ofClaim(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}
