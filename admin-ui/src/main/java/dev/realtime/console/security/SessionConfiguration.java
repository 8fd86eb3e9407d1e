package dev.realtime.console.security;

import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.WrappedSession;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** The ends of sessions. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    @Bean
    static ConsoleSessions consoleSessions() {
        return new ConsoleSessions(InstantSource.system());
    }

    /** Ends expired sessions periodically until the context closes. */
    @Bean(initMethod = "start", destroyMethod = "close")
    static SessionWatch sessionWatch(ConsoleSessions sessions) {
        return new SessionWatch(sessions);
    }

    static final class SessionWatch implements AutoCloseable {

        private final ConsoleSessions sessions;
        private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();

        SessionWatch(ConsoleSessions sessions) {
            this.sessions = sessions;
            scheduler.setVirtualThreads(true);
            scheduler.setThreadNamePrefix("sessions-");
        }

        void start() {
            scheduler.scheduleWithFixedDelay(sessions::endOldOnes, LOOK_EVERY);
        }

        @Override
        public void close() {
            scheduler.close();
        }
    }

    /**
     * Ends a user's login together with the Vaadin session, whatever ended it: the HTTP session would otherwise live
     * on.
     */
    @Bean
    static VaadinServiceInitListener loginsEndWithVaadinSessions() {
        return event -> event.getSource().addSessionDestroyListener(destroyed -> {
            WrappedSession session = destroyed.getSession().getSession();
            if (session != null) {
                try {
                    session.invalidate();
                } catch (IllegalStateException e) {
                    // The end of the HTTP session ended the Vaadin session.
                }
            }
        });
    }
}
