package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.BroadcastEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhookPropertiesTest {

    private static final String ONE = "token-of-the-calls-service";

    private static WebhookProperties bind(String... values) {
        Map<String, String> properties = new HashMap<>();
        properties.put("realtime.webhook.token", "the-token-of-everybody");
        for (String value : values) {
            properties.put("realtime.webhook.services." + value.split("=", 2)[0], value.split("=", 2)[1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("realtime.webhook", WebhookProperties.class)
                .get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calls.tokens[0]=short|realtime.webhook.services.calls.tokens[0] must be at least 16 characters",
                "calls.tokens[0]=your-webhook-secret|realtime.webhook.services.calls.tokens[0] is a publicly known placeholder",
                "calls.tokens[0]=the-token-of-everybody|realtime.webhook.services.calls.tokens[0] and WEBHOOK_TOKEN",
                "calls.rate=5|realtime.webhook.services.calls.tokens must have one token",
                "Calls_X.tokens[0]=" + ONE + "|a service's name must",
                "default.tokens[0]=" + ONE + "|must not be default",
            })
    void whatIsWrongIsNamed(String value, String message) {
        assertThatThrownBy(() -> bind(value)).rootCause().hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events[0]=call:gone|realtime.webhook.services.calls.events has call:gone",
                "events[0]=user:online|realtime.webhook.services.calls.events has user:online",
                "rate=0|realtime.webhook.services.calls.rate must be from 1",
                "burst=3|realtime.webhook.services.calls.burst needs",
                "tokens[1]=" + ONE
                        + "|realtime.webhook.services.calls.tokens[1] and realtime.webhook.services.calls.tokens[0]",
            })
    void whatIsWrongBesideATokenIsNamed(String value, String message) {
        assertThatThrownBy(() -> bind("calls.tokens[0]=" + ONE, "calls." + value))
                .rootCause()
                .hasMessageContaining(message);
    }

    @Test
    void bothTokensAreTheServicesAndABlankOneIsNone() {
        WebhookServices services = new WebhookServices(bind(
                "calls.tokens[0]=" + ONE,
                "calls.tokens[1]=the-next-token-of-calls",
                "orders.tokens[0]=token-of-orders-service",
                "orders.tokens[1]="));
        assertThat(services.find(ONE)).hasToString("calls");
        assertThat(services.find("the-next-token-of-calls")).hasToString("calls");
        assertThat(services.find("token-of-orders-service")).hasToString("orders");
        assertThat(services.find("the-token-of-everybody")).hasToString("default");
        assertThat(services.find("")).isNull();
        assertThat(services.find(ONE + "x")).isNull();
        assertThat(services.all()).hasSize(3);
    }

    @Test
    void aServicePostsItsEventsAndNoOthers() {
        WebhookServices services =
                new WebhookServices(bind("calls.tokens[0]=" + ONE, "calls.events=call:new,call:ended"));
        WebhookService calls = services.find(ONE);
        assertThat(calls.mayPost(BroadcastEvent.CALL_NEW)).isTrue();
        assertThat(calls.mayPost(BroadcastEvent.ORDER_NEW)).isFalse();
        assertThat(services.find("the-token-of-everybody").mayPost(BroadcastEvent.ORDER_NEW))
                .isTrue();
    }

    @Test
    void aRateHasABurstAndIsEarnedEvenly() {
        long[] nanos = {-7};
        EventRate rate = new EventRate(10, 20, () -> nanos[0]);
        List<Boolean> taken = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            taken.add(rate.take());
        }
        assertThat(taken.subList(0, 20)).containsOnly(true);
        assertThat(taken.getLast()).isFalse();
        nanos[0] += 99_999_999;
        assertThat(rate.take()).isFalse();
        nanos[0] += 1;
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        nanos[0] += 1_000_000_000L;
        for (int i = 0; i < 10; i++) {
            assertThat(rate.take()).isTrue();
        }
        assertThat(rate.take()).isFalse();
    }
}
