package dev.realtime.launch;

import dev.realtime.launch.Settings.Setting;
import org.jspecify.annotations.Nullable;

/** Checks ports: whole numbers up to 65535. */
public final class PortRule {

    private PortRule() {}

    /**
     * Adds a problem if the port is set and invalid.
     *
     * @param lowest 0 if the system may choose the port, otherwise 1
     * @param note added to the text behind the range of valid numbers; may be empty
     */
    public static void check(@Nullable Setting port, int lowest, String note, StartupProblems problems) {
        if (port != null && !isPort(port.value(), lowest)) {
            String text = port.name() + " must be a whole number from 1 to 65535" + note + ", but it is \""
                    + port.value() + "\".";
            // Kubernetes sets such variables in every pod if a service has the name "redis".
            if (port.value().startsWith("tcp://")) {
                text += " Kubernetes sets this variable as a service link: set " + port.name()
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
