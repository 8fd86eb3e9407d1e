package dev.realtime.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.vaadin.flow.server.VaadinSession;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.admin.AdminRole;
import org.junit.jupiter.api.Test;

/** As long as the service is asked under a session's lock, its pages stand still; so that is refused. */
class SessionLockTest extends HistoryTest {

    private static final ConsoleUser IRINA = new ConsoleUser("irina", AdminRole.VIEWER);

    @Test
    void theServiceIsNotAskedUnderTheLockOfASession() {
        assertThat(VaadinSession.getCurrent().hasLock()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> api.audit(IRINA, Query.none()))
                .withMessageContaining("lock");
        assertThat(service.asked("GET", "/audit")).isZero();
    }

    @Test
    void itIsAskedWithoutTheLock() {
        var lock = VaadinSession.getCurrent().getLockInstance();
        lock.unlock();
        try {
            assertThat(api.audit(IRINA, Query.none()).items()).isEmpty();
        } finally {
            lock.lock();
        }
    }
}
