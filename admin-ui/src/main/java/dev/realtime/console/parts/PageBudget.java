package dev.realtime.console.parts;

import com.vaadin.flow.server.VaadinSession;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much a browser session may ask of the service: one page of rows a second in the long run, up to {@value #BURST} at
 * once. What is only brought up to date leaves some for the person who scrolls. Thread-safe.
 */
public final class PageBudget {

    static final int BURST = 4;
    private static final int RESERVE = 2;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private long pages = BURST * SECOND;
    private long last;

    PageBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** The budget of the session that is locked now; all its tabs share it. */
    public static PageBudget ofSession() {
        VaadinSession session = VaadinSession.getCurrent();
        PageBudget budget = session.getAttribute(PageBudget.class);
        if (budget == null) {
            budget = new PageBudget(System::nanoTime);
            session.setAttribute(PageBudget.class, budget);
        }
        return budget;
    }

    /** Takes pages for what is only brought up to date, if enough is left for a person then. */
    public synchronized boolean takeToRefresh(int count) {
        refill();
        if (pages < (count + RESERVE) * SECOND) {
            return false;
        }
        pages -= count * SECOND;
        return true;
    }

    /** Takes a page for a person, who waits until there is one: never longer than a second for each page asked before. */
    public void take() {
        long wait;
        synchronized (this) {
            refill();
            pages -= SECOND;
            wait = -pages;
        }
        if (wait > 0) {
            try {
                Thread.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refill() {
        long now = nanoTime.getAsLong();
        pages = Math.min(BURST * SECOND, pages + now - last);
        last = now;
    }
}
