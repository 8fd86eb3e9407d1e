package dev.realtime.benchmarks.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The service's embedded Redis, empty and in memory only, on the generator's core. */
final class Redis implements AutoCloseable {

    private static final String PASSWORD = "benchmarks-only-password";

    private final Program program;
    private final int port = Http.freePort();

    Redis(Places places, int core) throws IOException {
        Path folder = Files.createTempDirectory(places.work(), "redis");
        program = new Program(
                core,
                List.of(
                        binary(places).toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--requirepass",
                        PASSWORD,
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "no",
                        "--save",
                        ""),
                Map.of(),
                folder,
                places.work().resolve("redis.log"));
        program.await(this::answers);
    }

    /** The variables with which the service finds this Redis. */
    Map<String, String> environment() {
        return Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", Integer.toString(port), "REDIS_PASSWORD", PASSWORD);
    }

    String url() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + PASSWORD + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** Extracts the binary from the service's library. */
    private static Path binary(Places places) throws IOException {
        Path binary = places.work().resolve("redis-server");
        if (Files.isExecutable(binary)) {
            return binary;
        }
        String platform = "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        Path library;
        try (Stream<Path> libraries = Files.list(places.app().resolve("lib"))) {
            library = libraries
                    .filter(jar -> jar.getFileName().toString().startsWith("embedded-redis"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no embedded Redis in the service"));
        }
        try (ZipFile jar = new ZipFile(library.toFile())) {
            ZipEntry entry = jar.stream()
                    .filter(candidate -> candidate.getName().matches(".*redis-server.*" + platform))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no Redis for " + platform));
            try (InputStream bytes = jar.getInputStream(entry)) {
                Files.copy(bytes, binary);
            }
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new IOException("Redis cannot be made executable");
        }
        return binary;
    }

    @Override
    public void close() {
        program.close();
    }
}
