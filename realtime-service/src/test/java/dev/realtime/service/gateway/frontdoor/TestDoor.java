package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.TestGateway;
import dev.realtime.service.launch.StartGate;
import dev.realtime.testkit.RawClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The application of {@link TestBackend} behind a front door on a free loopback port, with a stand-in gateway. */
final class TestDoor implements AutoCloseable {

    final TestGateway gateway = new TestGateway();
    final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    final ConfigurableApplicationContext context;

    private TestDoor(List<StartGate> gates, String... properties) {
        Map<String, String> arguments = new LinkedHashMap<>(
                Map.of("realtime.port", "0", "realtime.bind-address", "127.0.0.1", "spring.main.banner-mode", "off"));
        for (String property : properties) {
            arguments.put(property.split("=", 2)[0], property.split("=", 2)[1]);
        }
        context = new SpringApplicationBuilder(TestBackend.class)
                .web(WebApplicationType.SERVLET)
                .initializers((GenericApplicationContext c) -> {
                    c.registerBean(TestGateway.class, () -> gateway);
                    c.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
                    for (int i = 0; i < gates.size(); i++) {
                        StartGate gate = gates.get(i);
                        c.registerBean("gate" + i, StartGate.class, () -> gate);
                    }
                })
                .run(arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
    }

    static TestDoor open(String... properties) {
        return new TestDoor(List.of(), properties);
    }

    static TestDoor openGated(List<StartGate> gates, String... properties) {
        return new TestDoor(gates, properties);
    }

    int port() {
        return context.getBean(FrontDoorServer.class).port();
    }

    int tomcatPort() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    TestBackend.Api api() {
        return context.getBean(TestBackend.Api.class);
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    double counter(String name, String... tags) {
        return meters().counter(name, tags).count();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    }

    RawClient raw() {
        return new RawClient(port());
    }

    @Override
    public void close() {
        http.shutdownNow();
        context.close();
    }
}
