package dev.realtime.service.gateway;

import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import dev.realtime.socketio.conformance.Subject;
import dev.realtime.socketio.conformance.Wanted;
import dev.realtime.socketio.engine.wire.RequestError;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ConfigurableApplicationContext;

/** The {@link ConformanceServer} for the conformance tests of socketio-server; named in {@code META-INF/services}. */
public final class ServiceSubject implements Subject {

    @Override
    public Running start(Wanted wanted) {
        List<String> arguments = new ArrayList<>(List.of(
                "--realtime.port=0",
                "--realtime.engine.ping-interval=" + millis(wanted.pingInterval()),
                "--realtime.engine.ping-timeout=" + millis(wanted.pingTimeout()),
                "--realtime.engine.upgrade-timeout=" + millis(wanted.upgradeTimeout()),
                "--realtime.engine.max-payload=" + wanted.maxPayload(),
                "--realtime.socket.admission-timeout=" + millis(wanted.admissionTimeout())));
        if (wanted.engineOnly()) {
            arguments.add("--engine");
        }
        return new Service(ConformanceServer.start(arguments.toArray(String[]::new)));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    private record Service(ConfigurableApplicationContext context) implements Running {

        @Override
        public int port() {
            return context.getBean(FrontDoorServer.class).port();
        }

        @Override
        public long count(Enum<?> what) {
            boolean refusal = what instanceof RequestError;
            return (long) context.getBean(MeterRegistry.class)
                    .counter(
                            refusal ? "realtime.engine.refused" : "realtime.engine.ended",
                            refusal ? "error" : "reason",
                            what.name().toLowerCase(Locale.ROOT))
                    .count();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
