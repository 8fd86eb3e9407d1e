package dev.realtime.service.gateway.sockets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a reconnecting client puts into its CONNECT packet: {@code { pid, offset }}. Stock clients send both since
 * version 4.6.
 *
 * @param privateId the pid from the client's first connection
 * @param offset the last position that the client received; null if it received none
 */
record ReturnArgument(String privateId, @Nullable String offset) {

    /** No pid or offset of ours is longer. */
    private static final int LONGEST = 128;

    /** Reads the argument; null if the client does not ask for recovery. */
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

    /** Omits the private id, which is a credential. */
    @Override
    public String toString() {
        return "ReturnArgument[offset=" + offset + "]";
    }

    /** A member of {@code auth} is invalid. */
    static final class InvalidReturnException extends Exception {

        private InvalidReturnException(String name) {
            super(
                    "auth." + name + " must be the client library's own value, a string of at most " + LONGEST
                            + " characters.",
                    null,
                    false,
                    false);
        }
    }
}
