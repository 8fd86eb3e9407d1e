package dev.realtime.benchmarks.servers;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param root the repository
 * @param work what a run may write and throw away
 */
public record Places(Path root, Path work) {

    public static Places of(Path root) {
        return new Places(root, root.resolve("benchmarks/target/run"));
    }

    /** The service's jar, its libraries beside it. */
    public Path app() {
        return root.resolve("benchmarks/target/app");
    }

    /** The older service's jar, its libraries beside it. */
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

    /** nginx and nchan, unpacked. */
    Path nchan() {
        return root.resolve("benchmarks/target/nchan");
    }

    /** Whether what a side needs is there. */
    public boolean has(Side side) {
        return switch (side) {
            case OURS -> Files.isDirectory(app());
            case BASELINE -> Files.isDirectory(baseline());
            case NODE, NODE_REDIS -> Files.isDirectory(node().resolve("node_modules/socket.io"));
            case NCHAN -> Files.isExecutable(nchan().resolve("usr/sbin/nginx"));
        };
    }
}
