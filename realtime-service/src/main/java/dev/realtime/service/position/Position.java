package dev.realtime.service.position;

import dev.realtime.stream.binder.redis.StreamId;

/**
 * A place in the stream of events: {@code <epoch>-<milliseconds>-<sequence>}. Clients receive positions and send them
 * back as opaque text.
 *
 * @param epoch see {@link Epoch}
 * @param id the id of the last record before the place
 */
public record Position(String epoch, StreamId id) {

    /** The epoch, two unsigned 64-bit numbers, and the hyphens between them. */
    public static final int LONGEST = Epoch.LENGTH + 2 * (1 + 20);

    /**
     * Parses a position.
     *
     * @throws InvalidPositionException if the text is not a position; the message does not repeat the text
     */
    public static Position parse(String text) throws InvalidPositionException {
        int second = Epoch.LENGTH + 1;
        if (text.length() > LONGEST || text.length() < second || text.charAt(Epoch.LENGTH) != '-') {
            throw new InvalidPositionException("A position must be <epoch>-<milliseconds>-<sequence>");
        }
        String epoch = text.substring(0, Epoch.LENGTH);
        int third = text.indexOf('-', second) + 1;
        if (!Epoch.isEpoch(epoch) || third == 0) {
            throw new InvalidPositionException("A position must be <epoch>-<milliseconds>-<sequence>");
        }
        return new Position(epoch, new StreamId(number(text, second, third - 1), number(text, third, text.length())));
    }

    private static long number(String text, int from, int to) throws InvalidPositionException {
        // The number parser would accept a sign, and digits of other scripts.
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new InvalidPositionException("A position's numbers must have digits only");
            }
        }
        try {
            return Long.parseUnsignedLong(text, from, to, 10);
        } catch (NumberFormatException e) {
            throw new InvalidPositionException("A position's numbers must have 1 to 20 digits");
        }
    }

    public static String text(String epoch, StreamId id) {
        return epoch + "-" + id;
    }

    @Override
    public String toString() {
        return text(epoch, id);
    }
}
