package dev.realtime.service.presence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts in {@code lua/presence}; each says in its first lines what it does. */
final class Scripts {

    private Scripts() {}

    static <T> RedisScript<T> load(String name, Class<T> answer) {
        // A script that is a resource is looked for in its jar before every use, to see whether it has changed.
        ClassPathResource resource = new ClassPathResource("lua/presence/" + name + ".lua");
        try {
            return RedisScript.of(resource.getContentAsString(StandardCharsets.UTF_8), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
