package dev.realtime.socketio.protocol;

/** How much work JSON would be, told by a look at its bytes that costs next to nothing and builds nothing. */
final class JsonWeight {

    private JsonWeight() {}

    /** Whether there are more values in it than this, be it well-formed or not. */
    static boolean exceeds(byte[] json, int start, int maxValues) {
        // A value takes two bytes at least: itself and what stands between it and the next.
        if ((json.length - start) / 2 < maxValues) {
            return false;
        }
        int values = 1;
        boolean inText = false;
        for (int i = start; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                inText = !inText;
            } else if (inText) {
                if (b == '\\') {
                    i++;
                }
            } else if ((b == ',' || b == '[' || b == '{') && ++values > maxValues) {
                return true;
            }
        }
        return false;
    }
}
