package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A short text that stays the same while an identity has the same role and the same rooms at once. When a session comes back
 * with other grants than it was saved with, rooms are joined that it was not in; with the same, one that was left by hand
 * stays left.
 */
public final class Grants {

    private static final int BYTES = 6;

    private Grants() {}

    /** The grants of an identity: 8 characters. */
    public static String of(@Nullable String role, Collection<Room> atOnce) {
        TreeSet<String> rooms = new TreeSet<>();
        atOnce.forEach(room -> rooms.add(room.toString()));
        // Neither a role nor a room's name is bounded by what stands between them: a line each, and no name has one in
        // it.
        String text = rooms.size() + "\n" + String.join("\n", rooms) + "\n" + (role == null ? "" : "=" + role);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
