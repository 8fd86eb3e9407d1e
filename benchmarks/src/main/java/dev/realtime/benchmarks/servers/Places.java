package dev.realtime.benchmarks.servers;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The locations of files.
 *
 * @param root the repository
 * @param work the folder for a run's temporary files
 */
public record Places(Path root, Path work) {

    public static Places of(Path root) {
        return new Places(root, root.resolve("benchmarks/target/run"));
    }

    /** The service's extracted jar. */
    public Path app() {
        return root.resolve("benchmarks/target/app");
    }

    /** The older service's extracted jar. */
    Path baseline() {
        return root.resolve("benchmarks/target/baseline");
    }

    public Path scenarios() {
        return root.resolve("benchmarks/scenarios");
    }

    public Path results() {
        return root.resolve("benchmarks/results");
    }

    Path node() {
        return root.resolve("benchmarks/peers/node");
    }

    Path nchanConfiguration() {
        return root.resolve("benchmarks/peers/nchan/nchan.conf");
    }

    /** The unpacked nginx and nchan. */
    Path nchan() {
        return root.resolve("benchmarks/target/nchan");
    }

    /** Whether a side's files exist. */
    public boolean has(Side side) {
        return switch (side) {
            case OURS -> Files.isDirectory(app());
            case BASELINE -> Files.isDirectory(baseline());
            case NODE, NODE_REDIS -> Files.isDirectory(node().resolve("node_modules/socket.io"));
            case NCHAN -> Files.isExecutable(nchan().resolve("usr/sbin/nginx"));
        };
    }
}
