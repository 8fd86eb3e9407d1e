package dev.realtime.service.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts in {@code lua}; each says in its first lines what it does. */
public final class Scripts {

    private Scripts() {}

    /**
     * Reads a script.
     *
     * @param name its folder and its name, such as {@code cluster/lease}
     * @param answer what Redis' answer is turned into
     */
    public static <T> RedisScript<T> load(String name, Class<T> answer) {
        // A script that is a resource is looked for in its jar before every use, to see whether it has changed.
        ClassPathResource resource = new ClassPathResource("lua/" + name + ".lua");
        try {
            return RedisScript.of(resource.getContentAsString(StandardCharsets.UTF_8), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
