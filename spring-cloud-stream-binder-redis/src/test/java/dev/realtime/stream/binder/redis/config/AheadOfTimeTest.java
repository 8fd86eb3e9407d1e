package dev.realtime.stream.binder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

/** An application that is prepared at build time, as for a native image or a faster start. */
class AheadOfTimeTest {

    /** spring-cloud/spring-cloud-stream#2828: only the default binder was prepared, not those that an application names. */
    @Test
    void aNamedBinderIsPreparedToo() throws IOException {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test",
                            Map.of(
                                    "spring.cloud.stream.default-binder",
                                    "mine",
                                    "spring.cloud.stream.binders.mine.type",
                                    "redis",
                                    "spring.cloud.stream.binders.mine.environment.spring.data.redis.port",
                                    "1")));
            context.register(Application.class);
            InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
            DefaultGenerationContext generation =
                    new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(Application.class)), files);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();

            List<String> creating = new ArrayList<>();
            for (String path : files.getGeneratedFiles(Kind.SOURCE).keySet()) {
                if (files.getGeneratedFileContent(Kind.SOURCE, path)
                                .contains("new " + RedisMessageChannelBinder.class.getSimpleName())
                        || files.getGeneratedFileContent(Kind.SOURCE, path)
                                .contains("RedisMessageChannelBinder.class")) {
                    creating.add(path);
                }
            }
            assertThat(creating).anyMatch(path -> path.contains("MineBinder"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
