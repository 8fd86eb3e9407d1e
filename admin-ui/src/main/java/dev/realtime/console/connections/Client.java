package dev.realtime.console.connections;

import dev.realtime.contracts.SocketPresence;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A short name of the client's program, such as {@code Chrome 140, Windows}, guessed from its User-Agent. */
final class Client {

    private static final int LONGEST = 24;

    private record Sign(String name, Pattern pattern) {}

    /** Specific programs before those that they imitate. */
    private static final List<Sign> PROGRAMS = List.of(
            sign("Edge", "Edg(?:e|A|iOS)?/(\\d+)"),
            sign("Opera", "OPR/(\\d+)"),
            sign("Yandex", "YaBrowser/(\\d+)"),
            sign("Firefox", "(?:Firefox|FxiOS)/(\\d+)"),
            sign("Chrome", "(?:Chrome|CriOS)/(\\d+)"),
            sign("Safari", "Version/(\\d+)[.\\d]* (?:Mobile/\\S+ )?Safari/"));

    private static final List<Sign> SYSTEMS = List.of(
            sign("Android", "Android"),
            sign("iOS", "iPhone|iPad"),
            sign("Windows", "Windows"),
            sign("macOS", "Mac OS X"),
            sign("ChromeOS", "CrOS"),
            sign("Linux", "Linux|X11"));

    private Client() {}

    private static Sign sign(String name, String pattern) {
        return new Sign(name, Pattern.compile(pattern));
    }

    /** The program, if known, and the revision of Engine.IO: {@code Chrome 140, Windows · EIO 4}. */
    static String words(SocketPresence socket) {
        String program = program(socket.userAgent());
        return (program.isEmpty() ? "" : program + " · ") + revision(socket);
    }

    static String revision(SocketPresence socket) {
        return "EIO " + socket.protocol();
    }

    /** The program; empty without a User-Agent. */
    static String program(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "";
        }
        for (Sign program : PROGRAMS) {
            Matcher found = program.pattern.matcher(userAgent);
            if (found.find()) {
                String system = system(userAgent);
                return program.name + " " + found.group(1) + (system.isEmpty() ? "" : ", " + system);
            }
        }
        String first = userAgent.strip().split("[\\s;(]", 2)[0];
        return first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
    }

    private static String system(String userAgent) {
        return SYSTEMS.stream()
                .filter(system -> system.pattern.matcher(userAgent).find())
                .map(Sign::name)
                .findFirst()
                .orElse("");
    }
}
