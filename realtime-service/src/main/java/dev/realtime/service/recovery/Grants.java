package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.service.text.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of an identity's role and of the rooms that it joins at once. A session that is recovered with the same
 * grants keeps its rooms, so that a room that was left stays left; with other grants it joins the rooms of the new
 * identity.
 */
public final class Grants {

    private static final int BYTES = 6;

    private Grants() {}

    /** The grants of an identity: 8 characters. */
    public static String of(@Nullable String role, Collection<Room> atOnce) {
        TreeSet<String> rooms = new TreeSet<>();
        atOnce.forEach(room -> rooms.add(room.toString()));
        // One line each: neither a role nor a room's name can contain a line break.
        String text = rooms.size() + "\n" + String.join("\n", rooms) + "\n" + (role == null ? "" : "=" + role);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.of(text), BYTES));
    }
}
