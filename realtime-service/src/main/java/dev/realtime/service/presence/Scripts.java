package dev.realtime.service.presence;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts in {@code lua/presence}; each says in its first lines what it does. */
final class Scripts {

    private Scripts() {}

    static <T> RedisScript<T> load(String name, Class<T> answer) {
        return RedisScript.of(new ClassPathResource("lua/presence/" + name + ".lua"), answer);
    }
}
