package dev.realtime.service.gateway.sockets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client that comes back puts into its CONNECT packet: {@code { pid, offset }}. Stock clients of 4.6 and newer do so
 * by themselves.
 *
 * @param privateId what it was given when it connected first
 * @param offset the last position it got; null when it got none
 */
record ReturnArgument(String privateId, @Nullable String offset) {

    /** Neither is longer where it comes from us. */
    private static final int LONGEST = 128;

    /** Reads it; null when the client does not come back. */
    static @Nullable ReturnArgument read(@Nullable JsonNode auth) throws InvalidReturnException {
        String privateId = text(auth, "pid");
        String offset = text(auth, "offset");
        return privateId == null ? null : new ReturnArgument(privateId, offset);
    }

    private static @Nullable String text(@Nullable JsonNode auth, String name) throws InvalidReturnException {
        JsonNode value = auth == null ? null : auth.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.stringValue().length() > LONGEST) {
            throw new InvalidReturnException(name);
        }
        return value.stringValue();
    }

    /** Without the private id, which is a credential. */
    @Override
    public String toString() {
        return "ReturnArgument[offset=" + offset + "]";
    }

    /** A member of {@code auth} is not what it can be. */
    static final class InvalidReturnException extends Exception {

        private InvalidReturnException(String name) {
            super(
                    "auth." + name + " is set by the client library, to a string of " + LONGEST
                            + " characters at most.",
                    null,
                    false,
                    false);
        }
    }
}
