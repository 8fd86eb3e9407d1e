package dev.realtime.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The whole of it: the people, and the thread on which things happen. */
final class CallCentre implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** What a slow service has kept waiting longer does not happen at all. */
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
        // Another number each time, so that the ids of two demos at one service are not the same.
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
        journal.say("Demo with PID " + ProcessHandle.current().pid() + " brings " + greeting + ".");
        people.start();
        events.start();
        if (headOfShift != null) {
            headOfShift.start();
        }
    }

    /** Closes every tab and lets the service know. */
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
            // The end.
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Until the service has it. */
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
            journal.say("The service takes events again.");
            waitingFor = null;
        }
        posted++;
    }
}
