package dev.realtime.service.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import redis.embedded.RedisServer;

/** A real redis-server on a free loopback port, with an append-only file, so that it comes back with what it had. */
public final class TestRedis implements AutoCloseable {

    private final int port = freePort();
    private final Path folder = newFolder();
    private RedisServer server;
    private long pid;

    public static TestRedis started() {
        TestRedis redis = new TestRedis();
        redis.start();
        return redis;
    }

    public int port() {
        return port;
    }

    public void start() {
        server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + folder)
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .build();
        Set<Long> before = children();
        server.start();
        // It names itself anew, so its arguments do not tell it from others.
        pid = children().stream()
                .filter(child -> !before.contains(child))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    public void stop() {
        server.stop();
    }

    /** Lets it hang: connections stay and nobody answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("rest-test-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
