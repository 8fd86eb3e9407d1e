package dev.realtime.benchmarks.servers;

import java.nio.file.Path;

/**
 * The flight recorder of our JVM, on while something is measured and off at all other times.
 *
 * @param settings what is recorded, a {@code .jfc} file
 * @param folder where it is written, as {@code <name>.jfr}
 */
public record Recording(Path settings, Path folder) {

    public void start(Server server) {
        Jcmd.ask(server.pids().getFirst(), "JFR.start", "name=measured", "settings=" + settings);
    }

    public void stop(Server server, String name) {
        Jcmd.ask(server.pids().getFirst(), "JFR.stop", "name=measured", "filename=" + folder.resolve(name + ".jfr"));
    }
}
