package dev.realtime.service.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;

import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.testkit.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What an instance does with the records of the destination control, and what it sends. */
class CommandConsumerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SELF = "AAAAAAAA";
    private static final String OTHER = "BBBBBBBB";

    private final OutputBindings bindings = Mockito.mock(OutputBindings.class);
    private final LetterSeal seal = new LetterSeal(JSON, TestCluster.SECRET);
    private final ClusterClock clock = new ClusterClock(Clock.systemUTC());
    private final ForeignProtocols foreign = new ForeignProtocols();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CommandBus bus = new CommandBus(
            bindings,
            JSON,
            seal,
            TestCluster.registry(new StringRedisTemplate(), SELF, System::nanoTime),
            clock,
            new InstanceName(SELF));
    private final BlockingQueue<Letter> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<Command> performed = new LinkedBlockingQueue<>();
    private Function<Letter, List<Letter>> replies = asked -> List.of();
    private @Nullable CompletableFuture<?> outcome = CompletableFuture.completedFuture(1);
    private final CommandConsumer consumer = new CommandConsumer(
            List.of(new CommandHandler<>(Command.CloseSocket.class, this::perform)),
            bus,
            seal,
            clock,
            foreign,
            metrics,
            new InstanceName(SELF));

    @BeforeEach
    void keepWhatIsSent() {
        Mockito.doAnswer(call -> {
                    MessageBuilder<byte[]> message = call.getArgument(1);
                    Letter letter = seal.open(message.build().getPayload());
                    sent.add(letter);
                    if (letter.command() != null) {
                        replies.apply(letter).forEach(this::arrives);
                    }
                    return null;
                })
                .when(bindings)
                .send(eq("control-out"), any());
    }

    private void redisIsAway() {
        Mockito.doThrow(new IllegalStateException("Redis is unavailable, as the test wants it"))
                .when(bindings)
                .send(eq("control-out"), any());
    }

    private CompletableFuture<?> perform(Command.CloseSocket command) {
        performed.add(command);
        if (outcome == null) {
            throw new IllegalStateException("It cannot be done, as the test wants it");
        }
        return outcome;
    }

    private Letter command(Command command, String... to) {
        return new Letter(UUID.randomUUID().toString(), clock.millis(), OTHER, Set.of(to), command, null, null);
    }

    private Letter closing(String... to) {
        return command(new Command.CloseSocket("s", "r"), to);
    }

    private void arrives(Letter letter) {
        consumer.accept(MessageBuilder.withPayload(seal.seal(letter)).build());
    }

    private void arrives(String record) {
        consumer.accept(MessageBuilder.withPayload(record.getBytes(StandardCharsets.UTF_8))
                .build());
    }

    private Letter nextSent() throws InterruptedException {
        Letter next = sent.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("something is sent").isNotNull();
        return next;
    }

    private double dropped(String reason) {
        return metrics.get("realtime.commands.dropped")
                .tag("reason", reason)
                .counter()
                .count();
    }

    // ------------------------------------------------------------------ commands

    @Test
    void aCommandForThisInstanceIsPerformedAndAnsweredToWhoAsked() throws Exception {
        Letter asked = closing(SELF, "CCCCCCCC");
        arrives(asked);
        assertThat(performed).containsExactly(new Command.CloseSocket("s", "r"));
        Letter answer = nextSent();
        assertThat(answer.answerTo()).isEqualTo(asked.id());
        assertThat(answer.to()).containsExactly(OTHER);
        assertThat(answer.from()).isEqualTo(SELF);
        assertThat(answer.command()).isNull();
        assertThat(answer.result()).isEqualTo(JSON.valueToTree(1));
    }

    @Test
    void aCommandForOthersIsNotPerformed() {
        arrives(closing(OTHER));
        assertThat(performed).isEmpty();
        assertThat(dropped("replayed")).isZero();
    }

    @Test
    void aCommandThatArrivesTwiceIsPerformedOnce() {
        Letter asked = closing(SELF);
        arrives(asked);
        arrives(asked);
        assertThat(performed).hasSize(1);
        assertThat(dropped("replayed")).isEqualTo(1);
    }

    @Test
    void aCommandThatCannotBeginIsAnsweredWithoutAResult() throws Exception {
        outcome = null;
        arrives(closing(SELF));
        assertThat(nextSent().result()).isNull();
    }

    @Test
    void aCommandThatFailsIsAnsweredWithoutAResult() throws Exception {
        outcome = CompletableFuture.failedFuture(new IllegalStateException("as the test wants it"));
        arrives(closing(SELF));
        assertThat(nextSent().result()).isNull();
    }

    @Test
    void aCommandIsAnsweredWhenItIsDoneAndNotBefore() throws Exception {
        CompletableFuture<Object> later = new CompletableFuture<>();
        outcome = later;
        arrives(closing(SELF));
        assertThat(sent).isEmpty();
        later.complete(2);
        assertThat(nextSent().result()).isEqualTo(JSON.valueToTree(2));
    }

    @Test
    void aCommandWithoutAHandlerIsAnsweredWithoutAResult() throws Exception {
        arrives(command(new Command.Report(), SELF));
        assertThat(nextSent().result()).isNull();
    }

    @Test
    void anotherVersionIsReported() throws Exception {
        arrives(SignedRecord.of(TestCluster.SECRET, 7, "whatever that version writes"));
        assertThat(dropped("foreign_version")).isEqualTo(1);
        assertThat(foreign.problems()).singleElement().asString().contains("protocol version 7");
    }

    @Test
    void nonsenseIsCountedEachTimeAndLoggedOnce() {
        try (LogLines log = new LogLines()) {
            arrives("nonsense");
            arrives("more of it");
            assertThat(dropped("malformed")).isEqualTo(2);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("Ignoring a record of the stream control"))
                    .hasSize(1);
        }
    }

    // ------------------------------------------------------------------ asking

    /** What comes in reply to a command, at once. */
    private void replies(Function<Letter, List<Letter>> replies) {
        this.replies = replies;
    }

    private Letter answer(Letter asked, String from, @Nullable Object result) {
        return new Letter(
                UUID.randomUUID().toString(),
                clock.millis(),
                from,
                Set.of(asked.from()),
                null,
                asked.id(),
                result == null ? null : JSON.valueToTree(result));
    }

    @Test
    void oneRecordGoesToAllWhoAreAskedAndTheirAnswersComeBack() throws Exception {
        replies(asked -> List.of(answer(asked, OTHER, 1), answer(asked, "CCCCCCCC", null)));
        Answers answers = bus.ask(Set.of(OTHER, "CCCCCCCC"), new Command.Report());
        assertThat(answers).isEqualTo(new Answers(Map.of(OTHER, JSON.valueToTree(1)), Set.of("CCCCCCCC")));
        Letter asked = nextSent();
        assertThat(asked.to()).containsExactlyInAnyOrder(OTHER, "CCCCCCCC");
        assertThat(asked.from()).isEqualTo(SELF);
        assertThat(sent).isEmpty();
    }

    @Test
    void anAnswerToSomethingElseIsNotTaken() {
        replies(asked -> List.of(answer(command(new Command.Report(), SELF), OTHER, 1), answer(asked, OTHER, 2)));
        Answers answers = bus.ask(Set.of(OTHER), new Command.Report());
        assertThat(answers.byInstance()).isEqualTo(Map.of(OTHER, JSON.valueToTree(2)));
    }

    @Test
    void whenNobodyIsAskedNothingIsSent() {
        assertThat(bus.ask(Set.of(), new Command.Report())).isEqualTo(new Answers(Map.of(), Set.of()));
        assertThat(sent).isEmpty();
    }

    @Test
    void aCommandThatRedisDidNotTakeIsRefused() {
        redisIsAway();
        assertThatThrownBy(() -> bus.ask(Set.of(OTHER), new Command.Report()))
                .isInstanceOf(CommandNotSentException.class);
    }

    @Test
    void anAnswerThatRedisDidNotTakeIsNobodysFailure() {
        redisIsAway();
        bus.answer(closing(SELF), 1);
        assertThat(sent).isEmpty();
    }
}
