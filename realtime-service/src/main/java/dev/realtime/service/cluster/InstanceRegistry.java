package dev.realtime.service.cluster;

import dev.realtime.service.cluster.RegisterStore.Told;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * The register of the cluster's instances. Once a second one script writes this instance's entry and reads all entries.
 * An instance that registered since the last beat is looked up once, off the event loops. While Redis is unavailable the last
 * view stays.
 *
 * <p>An instance is live until it has been silent for {@link #LIVE_FOR}, by Redis' clock. Thread-safe; only {@link
 * #forget} and {@link #touch} wait for Redis.
 */
@Component
public final class InstanceRegistry extends Beating {

    /** How long an instance may be silent before it counts as gone. Each beats once a second. */
    public static final Duration LIVE_FOR = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(InstanceRegistry.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration ADDRESS_INTERVAL = Duration.ofMillis(50);
    private static final Duration FIRST_BEAT = Duration.ofSeconds(2);
    private static final Duration LAST_BEAT = Duration.ofSeconds(2);

    private static final int MOST_ATTRIBUTES = 16;
    private static final int LONGEST_ATTRIBUTE = 256;

    private final RegisterStore store;
    private final SharedSecrets secrets;
    private final InstanceEntry entries;
    private final Roster roster;
    private final Lookups lookups;
    private final ClusterClock clock;
    private final AdvertisedAddress address;
    private final List<BeatObserver> observers;
    private final String self;
    private final String version;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();

    private volatile String salt = Fingerprint.newSalt();
    private @Nullable String fingerprintSalt;
    private SortedMap<String, String> fingerprints = new TreeMap<>();
    private volatile boolean known;
    private volatile boolean entryStays;
    private volatile CompletableFuture<Boolean> firstBeat = new CompletableFuture<>();

    @Autowired
    InstanceRegistry(
            RegisterStore store,
            SharedSecrets secrets,
            InstanceEntry entries,
            ClusterClock clock,
            AdvertisedAddress address,
            InstanceName self,
            List<BeatObserver> observers,
            ObjectProvider<BuildProperties> build) {
        this(store, secrets, entries, clock, address, self, observers, build, System::nanoTime);
    }

    /** For tests: {@code nanos} tells how long ago beats were. */
    InstanceRegistry(
            RegisterStore store,
            SharedSecrets secrets,
            InstanceEntry entries,
            ClusterClock clock,
            AdvertisedAddress address,
            InstanceName self,
            List<BeatObserver> observers,
            ObjectProvider<BuildProperties> build,
            LongSupplier nanos) {
        super("instance-register");
        this.store = store;
        this.secrets = secrets;
        this.entries = entries;
        this.roster = new Roster(entries, nanos);
        this.lookups = new Lookups(this::lookUp, nanos);
        this.clock = clock;
        this.address = address;
        this.observers = List.copyOf(observers);
        this.self = self.value();
        BuildProperties properties = build.getIfAvailable();
        String named = properties == null ? null : properties.getVersion();
        this.version = named == null ? "unknown" : named;
    }

    /** This instance, with its current announcements. */
    public Instance self() {
        return new Instance(
                self, Protocol.VERSION, true, address.current(), version, Duration.ZERO, attributes, Map.of());
    }

    /** All other live instances that can be talked to: they know our secret and our protocol version. */
    public Collection<Instance> others() {
        return roster.live().values().stream()
                .filter(other -> other.trusted() && !other.isForeign())
                .toList();
    }

    /** Whether Redis has answered a beat, so that the other instances are known. */
    public boolean isKnown() {
        return known;
    }

    /** All other live instances, including those that cannot be talked to. */
    public Collection<Instance> allOthers() {
        return roster.live().values();
    }

    /**
     * Finds the instance of that name, if it is live and can be talked to. Never blocks and never fails; a name that
     * Redis does not answer for within two seconds is unknown. An instance that has just registered is found at once.
     */
    public CompletableFuture<Optional<Instance>> find(String name) {
        Instance known = roster.live().get(name);
        // An instance whose port the system chooses has its address only after its first beat.
        if (known != null && known.address() != null && known.trusted() && !known.isForeign()) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        return lookups.find(name);
    }

    private Optional<Instance> lookUp(String name) {
        return store.find(name)
                .filter(row -> row.silentFor().compareTo(LIVE_FOR) < 0)
                .flatMap(row -> entries.read(name, row.entry(), salt))
                .filter(found -> found.trusted() && !found.isForeign());
    }

    /**
     * Announces something about this instance. The others see it with the next beat, within a second or two.
     *
     * @param attribute a unique name, such as {@code canary}
     * @param value at most 256 characters
     */
    public void announce(String attribute, String value) {
        if (attribute.length() > LONGEST_ATTRIBUTE || value.length() > LONGEST_ATTRIBUTE) {
            throw new IllegalArgumentException("An attribute must have at most 256 characters");
        }
        if (attributes.size() >= MOST_ATTRIBUTES && !attributes.containsKey(attribute)) {
            throw new IllegalStateException("An instance can announce at most " + MOST_ATTRIBUTES + " attributes");
        }
        attributes.put(attribute, value);
    }

    /** Like {@link #announce}, with a beat at once. Does not wait for that beat. */
    public void announceNow(String attribute, String value) {
        announce(attribute, value);
        wake();
    }

    /**
     * The instances, of whatever protocol version, that have been silent for at least that long, and for how long. They
     * stay registered until they are {@linkplain #forget forgotten}. Empty for some seconds after an outage of Redis,
     * during which no instance could beat.
     */
    public Map<String, Duration> silent(Duration least) {
        return roster.silent(least);
    }

    /**
     * Removes a dead instance, once nothing is left of it. An instance that was heard within that time stays.
     *
     * @return false when it has come back
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public boolean forget(String name, Duration silence) {
        return store.forget(name, silence);
    }

    /**
     * Notes in Redis that this instance exists. Call it before writing anything to Redis under this instance's name:
     * the instance may have been forgotten, and if it died before its next beat, what it wrote would never be found.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public void touch() {
        store.touch(self);
    }

    /** Keeps this instance's entry at shutdown, so that another instance can remove what this one could not. */
    public void keepEntry() {
        entryStays = true;
    }

    // ------------------------------------------------------------------ the beat

    /**
     * An early phase: requests for a new session can be forwarded here at once. Not below the phase of the connections
     * to Redis, which end in this phase.
     */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        var first = new CompletableFuture<Boolean>();
        firstBeat = first;
        super.start();
        first.completeOnTimeout(false, FIRST_BEAT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    protected Duration beat() {
        boolean addressKnown = address.current() != null;
        try {
            beatOnce();
        } catch (RuntimeException e) {
            log.debug("The beat could not be written to Redis", e);
        }
        firstBeat.complete(true);
        return addressKnown ? INTERVAL : ADDRESS_INTERVAL;
    }

    private void beatOnce() {
        Told told = ask();
        if (!told.salt().equals(salt)) {
            // Another instance chose the salt, or Redis lost its data: the fingerprints change.
            salt = told.salt();
            told = ask();
        }
        roster.take(told.rows(), self, salt);
        known = true;
        lookups.forgetUnknown();
        Collection<Instance> live = roster.live().values();
        Instance own = ownWithFingerprints();
        observers.forEach(observer -> observer.onBeat(own, live));
    }

    private Told ask() {
        if (!salt.equals(fingerprintSalt)) {
            fingerprints = secrets.fingerprints(salt);
            fingerprintSalt = salt;
        }
        String entry = entries.write(
                self,
                new InstanceEntry.Content(address.current(), version, salt, fingerprints, new TreeMap<>(attributes)));
        long asked = System.nanoTime();
        Told told = store.beat(self, entry, salt);
        clock.sample(asked, System.nanoTime(), told.micros());
        return told;
    }

    private Instance ownWithFingerprints() {
        return new Instance(
                self,
                Protocol.VERSION,
                true,
                address.current(),
                version,
                Duration.ZERO,
                attributes,
                Map.copyOf(fingerprints));
    }

    @Override
    public void stop() {
        // Otherwise a late beat could write the entry again after it was removed.
        if (stop(LAST_BEAT) && !entryStays) {
            farewell(LAST_BEAT, () -> store.forget(self, Duration.ZERO));
        }
    }
}
