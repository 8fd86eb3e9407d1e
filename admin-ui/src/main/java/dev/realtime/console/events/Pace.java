package dev.realtime.console.events;

import java.util.Arrays;

/** The most events shown per second, so that the feed stays readable. */
enum Pace {
    ALL("all", FeedWindow.MOST),
    FIVE("5", 5),
    ONE("1", 1);

    private final String code;
    private final int perSecond;

    Pace(String code, int perSecond) {
        this.code = code;
        this.perSecond = perSecond;
    }

    /** The pace's form in the address. */
    String code() {
        return code;
    }

    int perSecond() {
        return perSecond;
    }

    static Pace of(String code) {
        return Arrays.stream(values())
                .filter(pace -> pace.code.equals(code))
                .findFirst()
                .orElse(FIVE);
    }
}
