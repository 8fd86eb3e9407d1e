package dev.realtime.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts the servers, each side as in production; all on one core, with Redis on the generator's. */
public final class Servers {

    private static final int SERVER_CORE = 0;
    private static final int HELPER_CORE = 1;
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern NODE_HEAP_USED = Pattern.compile("\"heapUsed\":(\\d+)");

    private final Places places;
    private final List<String> flags;
    private final boolean cached;

    /**
     * Creates the starter of all servers.
     *
     * @param flags further flags for the service's JVM, for a profile
     * @param cached whether the service's JVMs use their AOT caches
     */
    public Servers(Places places, List<String> flags, boolean cached) {
        this.places = places;
        this.flags = List.copyOf(flags);
        this.cached = cached;
    }

    /**
     * Starts a side's servers.
     *
     * @param settings non-default properties of the service
     */
    public Server start(Side side, int instances, Map<String, String> settings) throws IOException {
        Files.createDirectories(places.work());
        return switch (side) {
            case OURS -> service(side, places.app(), instances, settings);
            case BASELINE -> service(side, places.baseline(), instances, settings);
            case NODE -> node(side, instances, null);
            case NODE_REDIS -> node(side, instances, new Redis(places, HELPER_CORE));
            case NCHAN -> nchan();
        };
    }

    /** Starts the service; the older and the new one differ only in their jars. */
    private Server service(Side side, Path app, int instances, Map<String, String> settings) throws IOException {
        Path jar = jar(app);
        Redis redis = new Redis(places, HELPER_CORE);
        Path folder = Files.createTempDirectory(places.work(), "service");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("@" + places.root().resolve("tools/jvm.options"));
        Path cache = app.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ".aot"));
        if (cached && Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(flags);
        command.add("-jar");
        command.add(jar.toString());
        command.add("--realtime.bind-address=127.0.0.1");
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return started(side, instances, redis, "/actuator/health/readiness", Servers::collectJava, port -> {
            Map<String, String> environment = new HashMap<>(redis.environment());
            environment.putAll(secrets(port));
            return new Program(SERVER_CORE, command, environment, folder, log(side));
        });
    }

    private static Path jar(Path app) throws IOException {
        try (var files = Files.newDirectoryStream(app, "*.jar")) {
            return files.iterator().next();
        }
    }

    private Server node(Side side, int instances, @Nullable Redis redis) {
        return started(side, instances, redis, "/health", Servers::collectNode, port -> {
            Map<String, String> environment = new HashMap<>(secrets(port));
            environment.put("NODE_ENV", "production");
            if (redis != null) {
                environment.put("REDIS_URL", redis.url());
            }
            return new Program(
                    SERVER_CORE, List.of("node", "--expose-gc", "server.mjs"), environment, places.node(), log(side));
        });
    }

    private Server nchan() throws IOException {
        Path folder = Files.createTempDirectory(places.work(), "nchan");
        Files.createDirectories(folder.resolve("temp/lib/nginx"));
        String template = Files.readString(places.nchanConfiguration());
        return started(Side.NCHAN, 1, null, "/health", (_, _) -> -1, port -> {
            Path configuration = folder.resolve("nchan.conf");
            try {
                Files.writeString(
                        configuration,
                        template.replace("@PORT@", Integer.toString(port))
                                .replace(
                                        "@MODULES@",
                                        places.nchan()
                                                .resolve("usr/lib/nginx/modules")
                                                .toString()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            List<String> command = List.of(
                    places.nchan().resolve("usr/sbin/nginx").toString(),
                    "-p",
                    folder.toString(),
                    "-e",
                    "stderr",
                    "-c",
                    configuration.toString());
            return new Program(SERVER_CORE, command, Map.of(), folder, log(Side.NCHAN));
        });
    }

    private static Server started(
            Side side,
            int instances,
            @Nullable Redis redis,
            String healthPath,
            Instances.Heap heap,
            IntFunction<Program> starter) {
        List<Integer> ports = new ArrayList<>();
        List<Program> programs = new ArrayList<>();
        Instances server = new Instances(side, ports, programs, redis, heap);
        try {
            for (int i = 0; i < instances; i++) {
                int port = Http.freePort();
                Program program = starter.apply(port);
                ports.add(port);
                programs.add(program);
                program.await(() -> Http.isOk(port, healthPath));
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private Path log(Side side) {
        return places.work().resolve(side.label() + ".log");
    }

    private static Map<String, String> secrets(int port) {
        return Map.of(
                "PORT", Integer.toString(port),
                "JWT_SECRET", Server.JWT_SECRET,
                "WEBHOOK_TOKEN", Server.WEBHOOK_TOKEN);
    }

    private static long collectJava(Program program, int port) {
        Jcmd.ask(program.pid(), "GC.run");
        return 1024 * number(HEAP_USED, Jcmd.ask(program.pid(), "GC.heap_info"));
    }

    private static long collectNode(Program program, int port) {
        String answer = Http.request("POST", port, "/benchmarks/gc", Map.of("X-Webhook-Token", Server.WEBHOOK_TOKEN));
        return number(NODE_HEAP_USED, String.valueOf(answer));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
