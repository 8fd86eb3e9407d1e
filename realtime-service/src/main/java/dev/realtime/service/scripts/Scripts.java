package dev.realtime.service.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** Loads the scripts in {@code lua}; the first lines of each script describe it. */
public final class Scripts {

    private Scripts() {}

    /**
     * Loads a script.
     *
     * @param name its folder and name, such as {@code cluster/lease}
     * @param answer the type to which Redis' answer is converted
     */
    public static <T> RedisScript<T> load(String name, Class<T> answer) {
        // A script that is a resource would be looked up in its jar before every use, to see whether it has changed.
        ClassPathResource resource = new ClassPathResource("lua/" + name + ".lua");
        try {
            return RedisScript.of(resource.getContentAsString(StandardCharsets.UTF_8), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
