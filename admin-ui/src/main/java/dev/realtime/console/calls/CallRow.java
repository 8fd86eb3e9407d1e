package dev.realtime.console.calls;

import dev.realtime.contracts.board.LiveCall;
import org.jspecify.annotations.Nullable;

/**
 * A call in a list.
 *
 * @param call the call
 * @param operator the operator's name; null if there is no operator or the name is not known
 */
record CallRow(LiveCall call, @Nullable String operator) {

    Object key() {
        return call.id().toString();
    }

    /** Omits the phone numbers and the name. */
    @Override
    public String toString() {
        return "CallRow[" + call + "]";
    }
}
