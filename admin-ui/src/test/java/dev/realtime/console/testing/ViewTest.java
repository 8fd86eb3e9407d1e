package dev.realtime.console.testing;

import dev.realtime.console.api.ApiProperties;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;

/** Tests a view of sockets or rooms with a {@link StubService}. */
@SpringBootTest(
        classes = {ConsoleParts.class, ViewTest.Stub.class},
        webEnvironment = WebEnvironment.NONE)
@SuppressWarnings("NullAway.Init")
public abstract class ViewTest extends PageTest {

    @Autowired
    protected StubService service;

    static class Stub {

        @Bean
        StubService stubService() {
            return new StubService();
        }

        @Bean
        ApiProperties apiProperties(StubService service) {
            return new ApiProperties(List.of(service.url()), "a-secret-of-more-than-thirty-two-bytes");
        }
    }

    @BeforeEach
    void nothingYet() {
        service.reset();
    }
}
