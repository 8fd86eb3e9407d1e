package dev.realtime.benchmarks.servers;

import java.nio.file.Path;

/**
 * The flight recorder of the service's JVM, on during measurements only.
 *
 * @param settings the recording's settings, a {@code .jfc} file
 * @param folder the folder for recordings, {@code <name>.jfr}
 */
public record Recording(Path settings, Path folder) {

    public void start(Server server) {
        Jcmd.ask(server.pids().getFirst(), "JFR.start", "name=measured", "settings=" + settings);
    }

    public void stop(Server server, String name) {
        Jcmd.ask(server.pids().getFirst(), "JFR.stop", "name=measured", "filename=" + folder.resolve(name + ".jfr"));
    }
}
