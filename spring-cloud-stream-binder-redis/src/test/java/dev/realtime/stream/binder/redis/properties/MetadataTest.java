package dev.realtime.stream.binder.redis.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanWrapperImpl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows of the binder's properties, and the README. */
class MetadataTest {

    private static final String OURS = "spring.cloud.stream.redis.";

    /** Boot describes what every endpoint has. */
    private static final String ENDPOINT = "management.endpoint.redisdeadletters.";

    private final List<JsonNode> properties = read();

    @Test
    void everyPropertyIsDescribedTypedAndHasADefaultOrSaysWhatHoldsWithoutOne() {
        assertThat(properties).hasSizeGreaterThan(30).allSatisfy(property -> {
            assertThat(property.path("name").asString()).startsWith(OURS);
            assertThat(property.path("type").asString()).isNotEmpty();
            String description = property.path("description").asString("");
            assertThat(description).describedAs("%s", property).endsWith(".");
            if (!property.has("defaultValue")) {
                assertThat(description).describedAs("%s", property).contains("Unset: ");
            }
        });
    }

    @Test
    void everyPropertyThatCanBeSetIsThere() {
        assertThat(names("binder.")).containsExactlyInAnyOrderElementsOf(of(RedisBinderConfigurationProperties.class));
        assertThat(names("default.consumer.")).containsExactlyInAnyOrderElementsOf(of(RedisConsumerProperties.class));
        assertThat(names("default.producer.")).containsExactlyInAnyOrderElementsOf(of(RedisProducerProperties.class));
    }

    @Test
    void theReadmeNamesEveryProperty() throws IOException {
        String rows = String.join(
                "\n",
                Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("|"))
                        .toList());
        for (String under : List.of("binder.", "default.consumer.", "default.producer.")) {
            assertThat(names(under)).allSatisfy(name -> assertThat(rows).contains("`" + name + "`"));
        }
    }

    private List<String> names(String under) {
        return properties.stream()
                .map(property -> property.path("name").asString())
                .filter(name -> name.startsWith(OURS + under))
                .map(name -> name.substring((OURS + under).length()))
                .toList();
    }

    /** The names as written in configuration files: {@code maxLength} is {@code max-length}. */
    private static List<String> of(Class<?> type) {
        return Arrays.stream(new BeanWrapperImpl(type).getPropertyDescriptors())
                .filter(property -> property.getWriteMethod() != null)
                .map(property -> property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<JsonNode> read() {
        try (InputStream in = MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode all = JsonMapper.builder().build().readTree(in).path("properties");
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(property -> !property.path("name").asString().startsWith(ENDPOINT))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
