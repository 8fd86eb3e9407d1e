package dev.realtime.stream.binder.redis.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** The module's README.md, whose examples are tested as they stand there. */
public final class Readme {

    private Readme() {}

    /** The code blocks of a language, in order; empty for those that name none. */
    public static List<String> blocks(String language) {
        return Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text())
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /**
     * The properties that reach a kind of Redis, {@code name=value} each.
     *
     * @param kind the first cell of their row
     * @param values what to use in place of the example's values
     */
    public static String[] properties(String kind, Map<String, String> values) {
        return settings(kind, 1, values).toArray(String[]::new);
    }

    /** The same as variables, by name. */
    public static Map<String, Object> variables(String kind, Map<String, String> values) {
        return settings(kind, 2, values).stream()
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private static List<String> settings(String kind, int column, Map<String, String> values) {
        String row = text().lines()
                .filter(line -> line.startsWith("| " + kind + " |"))
                .findFirst()
                .orElseThrow();
        return Pattern.compile("`([^`]*)`")
                .matcher(row.split("\\|")[column + 1])
                .results()
                .map(found -> {
                    String setting = found.group(1);
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        setting = setting.replace("=" + value.getKey(), "=" + value.getValue());
                    }
                    return setting;
                })
                .toList();
    }

    /**
     * Compiles one class for a release of Java, with the tests' class path.
     *
     * @param folder for the source and the classes
     */
    public static void compile(Path folder, int release, String name, String code) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), code);
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "--release", "" + release));
        arguments.addAll(List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString()));
        arguments.add(source.toString());
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).describedAs("%s compiles", name).isZero();
    }

    private static String text() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
