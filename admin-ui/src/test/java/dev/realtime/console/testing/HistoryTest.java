package dev.realtime.console.testing;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.VaadinSession;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.ApiProperties;
import dev.realtime.console.language.Language;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Live;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** Drives a view of events, the audit or notifications: real components, real requests, a {@link HistoryStub}. */
@SpringBootTest(classes = HistoryTest.Console.class, webEnvironment = WebEnvironment.NONE)
@SuppressWarnings("NullAway.Init")
public abstract class HistoryTest extends SpringBrowserlessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    protected HistoryStub service;

    @Autowired
    protected AdminApi api;

    @Autowired
    protected Live live;

    @Autowired
    protected EventFeed feed;

    /** The console's beans without Redis and log-in. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(JacksonAutoConfiguration.class)
    @ComponentScan(
            basePackages = {"dev.realtime.console.api", "dev.realtime.console.live", "dev.realtime.console.language"},
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*StreamBindings"))
    static class Console {

        @Bean
        HistoryStub historyStub() {
            return new HistoryStub();
        }

        @Bean
        ApiProperties apiProperties(HistoryStub stub) {
            return new ApiProperties(List.of(stub.url()), "an-admin-secret-of-more-than-32-bytes");
        }

        @Bean
        StreamSubscriptions streamSubscriptions() {
            return new StreamSubscriptions();
        }
    }

    @BeforeEach
    void begin() {
        service.reset();
        VaadinSession.getCurrent().setLocale(Language.ENGLISH.locale());
        UI.getCurrent().setLocale(Language.ENGLISH.locale());
    }

    /** Lets the page's own threads have the session until something is so. */
    protected static void until(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(PATIENCE);
        for (roundTrip(); !holds.getAsBoolean(); roundTrip()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("In vain waited until " + what);
            }
            var lock = VaadinSession.getCurrent().getLockInstance();
            lock.unlock();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            lock.lock();
        }
    }

    /** Goes to an address as somebody would who was sent it. */
    protected static void open(String address) {
        int mark = address.indexOf('?');
        UI.getCurrent()
                .navigate(
                        mark < 0 ? address : address.substring(0, mark),
                        mark < 0 ? QueryParameters.empty() : QueryParameters.fromString(address.substring(mark + 1)));
    }

    /** All that can be read in a component. */
    protected static String textOf(Component component) {
        return component.getElement().getTextRecursively();
    }

    protected boolean reads(Component component, String text) {
        return textOf(component).contains(text);
    }

    /** The button with that name on it. */
    protected Button button(String name) {
        return find(Button.class)
                .withCondition(button -> name.equals(button.getText()))
                .single();
    }
}
