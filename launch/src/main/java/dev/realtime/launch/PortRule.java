package dev.realtime.launch;

import dev.realtime.launch.Settings.Setting;
import org.jspecify.annotations.Nullable;

/** What a port must be: a whole number up to 65535. */
public final class PortRule {

    private PortRule() {}

    /**
     * Adds a problem when the port is set and is none.
     *
     * @param lowest 0 where the system may choose one, else 1
     * @param note what to add to the text about the numbers that will do; may be empty
     */
    public static void check(@Nullable Setting port, int lowest, String note, StartupProblems problems) {
        if (port != null && !isPort(port.value(), lowest)) {
            String text = port.name() + " must be a whole number from 1 to 65535" + note + ", but it is \""
                    + port.value() + "\".";
            // Kubernetes gives every pod such variables for a service that happens to be called "redis".
            if (port.value().startsWith("tcp://")) {
                text += " That is a service link Kubernetes adds by itself: set " + port.name()
                        + " in the pod, or enableServiceLinks: false.";
            }
            problems.add(text);
        }
    }

    public static boolean isPort(String value, int lowest) {
        if (!value.matches("[0-9]{1,5}")) {
            return false;
        }
        int number = Integer.parseInt(value);
        return number >= lowest && number <= 65535;
    }
}
