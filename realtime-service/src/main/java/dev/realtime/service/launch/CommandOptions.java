package dev.realtime.service.launch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command's {@code --name value} or {@code --name=value} options; each must be known and given once. */
final class CommandOptions {

    private final Map<String, String> values;

    private CommandOptions(Map<String, String> values) {
        this.values = values;
    }

    /** @throws UsageException for anything that is not a known option with a value */
    static CommandOptions parse(List<String> arguments, Set<String> known) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.startsWith("--") || !known.contains(name.substring(2))) {
                throw new UsageException("Unknown argument \"" + name + "\".");
            }
            String value;
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (++i < arguments.size()) {
                value = arguments.get(i);
            } else {
                throw new UsageException(name + " needs a value.");
            }
            if (value.isBlank() || values.put(name.substring(2), value.strip()) != null) {
                throw new UsageException(name + " must be given once, with a value.");
            }
        }
        return new CommandOptions(values);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new UsageException("--" + name + " is missing.");
        }
        return value;
    }

    /** Java decodes arguments by the locale, and in a plain C locale Cyrillic letters are already lost here. */
    static String readable(String value) {
        if (value.indexOf('\uFFFD') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new UsageException("An argument cannot be read in this locale; try again with LC_ALL=C.UTF-8.");
        }
        return value;
    }
}
