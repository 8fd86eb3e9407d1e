package dev.realtime.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The demo as a whole: the people, and the thread that produces events. */
final class CallCentre implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Events that a slow service delays for longer are dropped. */
    private static final Duration MOST_BEHIND = Duration.ofSeconds(1);

    private static final Duration REPORT_EVERY = Duration.ofMinutes(5);

    private final Journal journal;
    private final Floor floor;
    private final People people;
    private final Bureau bureau;
    private final Waves waves;
    private final Poster poster;
    private final @Nullable HeadOfShift headOfShift;
    private final Thread events;
    private final String greeting;

    private volatile List<Order> openOrders = List.of();
    private volatile boolean over;
    private @Nullable String waitingFor;
    private long posted;

    CallCentre(DemoOptions options, DemoSecrets secrets, Journal journal) {
        this.journal = journal;
        SplittableRandom random = new SplittableRandom(options.seed());
        List<Person> staff = Staff.engage(options.operators(), random.split());
        floor = new Floor(options.urls(), new Tokens(secrets.jwtSecret()), journal);
        people = new People(staff, floor, random.split(), () -> openOrders);
        // Differs from start to start, so that the ids of two demos on one service do not collide.
        int firstId = (int) (Instant.now().getEpochSecond() % 10_000_000);
        bureau = new Bureau(firstId, random.split(), InstantSource.system());
        waves = new Waves(options.rate(), random.split());
        poster = new Poster(options.urls(), secrets.webhookToken(), journal);
        String adminSecret = secrets.adminApiSecret();
        headOfShift = adminSecret == null ? null : new HeadOfShift(options.urls(), adminSecret, random.split());
        events = Thread.ofPlatform().name("events").daemon().unstarted(this::happen);
        long operators = staff.stream().filter(Person::isOperator).count();
        greeting = operators + " operators and " + (staff.size() - operators) + " directors at " + options.urls() + ", "
                + options.rate() + " events a second, for " + options.length().toMinutes() + " minutes";
    }

    void start() {
        journal.say("Demo with PID " + ProcessHandle.current().pid() + " simulates " + greeting + ".");
        people.start();
        events.start();
        if (headOfShift != null) {
            headOfShift.start();
        }
    }

    /** Stops the events and closes every tab in an orderly way. */
    @Override
    public void close() {
        over = true;
        events.interrupt();
        poster.close();
        if (headOfShift != null) {
            headOfShift.close();
        }
        floor.closeAfter(people::sendHome);
        journal.say("The demo has ended; events posted: " + posted + ".");
    }

    private void happen() {
        Instant start = Instant.now();
        Instant due = start;
        Instant report = start.plus(REPORT_EVERY);
        try {
            while (!over) {
                due = later(
                        due.plus(waves.gapAt(Duration.between(start, due))),
                        Instant.now().minus(MOST_BEHIND));
                Thread.sleep(Duration.between(Instant.now(), due));
                Posting posting = bureau.next(people.onDuty());
                openOrders = bureau.openOrders();
                deliver(posting);
                if (Instant.now().isAfter(report)) {
                    report = report.plus(REPORT_EVERY);
                    journal.say("Open tabs: " + people.openTabs() + "; events posted: " + posted + ".");
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts the thread.
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Posts the event, and again until the service accepts it. */
    private void deliver(Posting posting) throws InterruptedException {
        String problem = poster.post(posting);
        while (problem != null && !over) {
            if (waitingFor == null) {
                journal.say("Waiting for the service: " + problem + ".");
                waitingFor = problem;
            }
            Thread.sleep(RETRY);
            problem = poster.post(posting);
        }
        if (waitingFor != null && !over) {
            journal.say("The service accepts events again.");
            waitingFor = null;
        }
        posted++;
    }
}
