package dev.realtime.console.receipts;

import dev.realtime.console.api.Query;
import java.util.Arrays;

/** Which of the people of a receipt are shown. */
enum Who {
    EVERYBODY(""),
    NOT_CONFIRMED("waiting"),
    CONFIRMED("confirmed");

    private final String inAddress;

    Who(String inAddress) {
        this.inAddress = inAddress;
    }

    /** The value of the address's parameter; empty for everybody. */
    String inAddress() {
        return inAddress;
    }

    /** An unknown text means everybody. */
    static Who of(String text) {
        return Arrays.stream(values())
                .filter(who -> who.inAddress.equals(text))
                .findFirst()
                .orElse(EVERYBODY);
    }

    Query query() {
        return switch (this) {
            case EVERYBODY -> Query.none();
            case NOT_CONFIRMED -> Query.none().with("confirmed", false);
            case CONFIRMED -> Query.none().with("confirmed", true);
        };
    }
}
