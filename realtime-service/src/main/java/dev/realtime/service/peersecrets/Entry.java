package dev.realtime.service.peersecrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instance says of itself in Redis.
 *
 * @param writtenAt when, in milliseconds of Redis' clock
 * @param salt the salt of the fingerprints
 * @param jwt the fingerprint of {@code JWT_SECRET}
 * @param webhook the fingerprint of {@code WEBHOOK_TOKEN}
 * @param admin the fingerprint of {@code ADMIN_API_SECRET}, or of nothing where there is none
 */
record Entry(long writtenAt, String salt, String jwt, String webhook, String admin) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)");

    String text() {
        return writtenAt + " " + salt + " " + jwt + " " + webhook + " " + admin;
    }

    /** Empty for what no version known to us has written. */
    static Optional<Entry> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Entry(
                        Long.parseLong(parts.group(1)), parts.group(2), parts.group(3), parts.group(4), parts.group(5)))
                : Optional.empty();
    }
}
