package dev.realtime.stream.binder.redis.faults;

import dev.realtime.stream.binder.redis.StreamContinuityEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.Message;

/** The consumers of the fault suite: {@code all} is anonymous, {@code grouped} a group. */
@Configuration(proxyBeanMethods = false)
class Consumers {

    static final String GROUP = "g";

    static String[] properties(String functions) {
        return new String[] {
            "spring.cloud.function.definition=" + functions,
            "spring.cloud.stream.bindings.all-in-0.destination=" + FaultRun.STREAM,
            "spring.cloud.stream.bindings.grouped-in-0.destination=" + FaultRun.STREAM,
            "spring.cloud.stream.bindings.grouped-in-0.group=" + GROUP,
            "spring.cloud.stream.redis.binder.block-timeout=200ms",
            "spring.cloud.stream.redis.binder.recovery-interval=300ms",
            "spring.cloud.stream.redis.bindings.grouped-in-0.consumer.claim-min-idle=2s",
            "spring.cloud.stream.redis.bindings.grouped-in-0.consumer.claim-interval=500ms"
        };
    }

    @Bean
    SimpleMeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Ledgers ledgers(SimpleMeterRegistry meters) {
        return new Ledgers(meters);
    }

    @Bean
    Consumer<Message<byte[]>> all(Ledgers ledgers) {
        return message -> ledgers.received(ledgers.all(), message);
    }

    @Bean
    Consumer<Message<byte[]>> grouped(Ledgers ledgers) {
        return message -> ledgers.received(ledgers.grouped(), message);
    }

    static int number(Message<byte[]> message) {
        String payload = new String(message.getPayload());
        return Integer.parseInt(payload.substring(0, payload.indexOf(':')));
    }

    /** What the consumers received and were told. */
    static final class Ledgers {

        private final SimpleMeterRegistry meters;
        private final Ledger all = new Ledger();
        private final Ledger grouped = new Ledger();
        private volatile CountDownLatch held = new CountDownLatch(0);
        private double lostPending;

        Ledgers(SimpleMeterRegistry meters) {
            this.meters = meters;
        }

        Ledger all() {
            return all;
        }

        Ledger grouped() {
            return grouped;
        }

        void hold() {
            held = new CountDownLatch(1);
        }

        void release() {
            held.countDown();
        }

        private void received(Ledger ledger, Message<byte[]> message) {
            try {
                held.await();
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
            if (ledger == grouped) {
                tellLostPending();
            }
            ledger.received(number(message));
        }

        /** Entries trimmed between reading and acknowledging are not an event, but counted and logged as errors. */
        private void tellLostPending() {
            Counter counter =
                    meters.find("spring.cloud.stream.redis.lost.pending").counter();
            double now = counter == null ? 0 : counter.count();
            if (now > lostPending) {
                grouped.told((long) (now - lostPending));
                lostPending = now;
            }
        }

        @EventListener
        void on(StreamContinuityEvent event) {
            (event.subscription().group() == null ? all : grouped).told(event.entries());
        }
    }
}
