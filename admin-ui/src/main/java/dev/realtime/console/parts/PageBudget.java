package dev.realtime.console.parts;

import com.vaadin.flow.server.VaadinSession;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits what a browser session may request from the service: one page of rows per second in the long run, up to
 * {@value #BURST} at once. Updates leave a reserve for the user who scrolls. Thread-safe.
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

    /** The budget of the currently locked session, shared by all its tabs. */
    public static PageBudget ofSession() {
        VaadinSession session = VaadinSession.getCurrent();
        PageBudget budget = session.getAttribute(PageBudget.class);
        if (budget == null) {
            budget = new PageBudget(System::nanoTime);
            session.setAttribute(PageBudget.class, budget);
        }
        return budget;
    }

    /** A budget of its own for a short list of that name, in addition to that of the session; shared by all its tabs. */
    public static PageBudget ofSession(String list) {
        VaadinSession session = VaadinSession.getCurrent();
        String name = PageBudget.class.getName() + "." + list;
        if (!(session.getAttribute(name) instanceof PageBudget)) {
            session.setAttribute(name, new PageBudget(System::nanoTime));
        }
        return (PageBudget) session.getAttribute(name);
    }

    /** Takes pages for an update, if enough is left for the user. */
    public synchronized boolean takeToRefresh(int count) {
        refill();
        if (pages < (count + RESERVE) * SECOND) {
            return false;
        }
        pages -= count * SECOND;
        return true;
    }

    /** Takes a page for the user. Blocks until there is one: at most one second per page requested before. */
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
