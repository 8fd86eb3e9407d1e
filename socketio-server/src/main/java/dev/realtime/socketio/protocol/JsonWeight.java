package dev.realtime.socketio.protocol;

/** Estimates how many values JSON has by scanning its bytes, without parsing or allocating. */
final class JsonWeight {

    private JsonWeight() {}

    /** Whether the JSON, well-formed or not, has more values than this. */
    static boolean exceeds(byte[] json, int start, int maxValues) {
        // A value takes at least two bytes: itself and a separator.
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
