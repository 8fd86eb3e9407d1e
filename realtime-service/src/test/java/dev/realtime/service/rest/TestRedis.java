package dev.realtime.service.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** A real redis-server on a free loopback port, with an append-only file, so that it comes back with what it had. */
public final class TestRedis implements AutoCloseable {

    private final int port = freePort();
    private final Path folder = newFolder();
    private RedisServer server;

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
        server.start();
    }

    public void stop() {
        server.stop();
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
