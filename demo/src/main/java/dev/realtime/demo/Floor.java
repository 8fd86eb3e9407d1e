package dev.realtime.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What all people share: the one thread that runs all their actions, and the connections to the service. */
final class Floor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ON_ITS_WAY = Duration.ofMillis(300);

    private final List<URI> urls;
    private final Tokens tokens;
    private final Journal journal;
    private final Network network = new Network();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("people").unstarted(task));
    private int nextUrl;

    Floor(List<URI> urls, Tokens tokens, Journal journal) {
        this.urls = urls;
        this.tokens = tokens;
        this.journal = journal;
    }

    Tab open(Person person, List<String> transports, Tab.Listener listener) {
        URI url = urls.get(nextUrl++ % urls.size());
        return Tab.open(url, tokens.of(person), transports, network, listener);
    }

    void run(Runnable task) {
        in(Duration.ZERO, task);
    }

    /** Ignores the task once the floor is closed. */
    void in(Duration delay, Runnable task) {
        try {
            thread.schedule(journal.guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The floor is closed.
        }
    }

    /**
     * Reports invalid tokens once, since every tab would report them; being sent away by an administrator is normal.
     */
    void sentAway(@Nullable String code) {
        if (code != null && code.startsWith("token_") && !code.equals("token_expired")) {
            journal.sayOnce("The service refuses the demo's tokens: " + code + ".");
        }
    }

    /** Runs the last task, allows a moment for its packets to be sent, and closes everything. */
    void closeAfter(Runnable last) {
        try {
            thread.submit(journal.guarded(last)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Thread.sleep(ON_ITS_WAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            // Closes without the last task.
        }
        close();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        network.close();
    }
}
