package dev.realtime.console.testing;

import com.vaadin.flow.component.Component;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.ApiProperties;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Live;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;

/** Tests a view of events, the audit or notifications with a {@link HistoryStub}. */
@SpringBootTest(
        classes = {ConsoleParts.class, HistoryTest.Stub.class},
        webEnvironment = WebEnvironment.NONE)
@SuppressWarnings("NullAway.Init")
public abstract class HistoryTest extends PageTest {

    @Autowired
    protected HistoryStub service;

    @Autowired
    protected AdminApi api;

    @Autowired
    protected Live live;

    @Autowired
    protected EventFeed feed;

    static class Stub {

        @Bean
        HistoryStub historyStub() {
            return new HistoryStub();
        }

        @Bean
        ApiProperties apiProperties(HistoryStub stub) {
            return new ApiProperties(List.of(stub.url()), "an-admin-secret-of-more-than-32-bytes");
        }
    }

    @BeforeEach
    void nothingYet() {
        service.reset();
    }

    protected boolean reads(Component component, String text) {
        return textOf(component).contains(text);
    }
}
