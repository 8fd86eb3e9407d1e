package dev.realtime.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sockets on one event loop. All work runs on the loop; public methods may be called from any thread. */
public final class Crowd {

    private static final int AT_ONCE = 100;
    /** Room for a burst of events in one read. */
    private static final int READ_BYTES = 16 * 1024;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final List<Client> clients = new ArrayList<>();
    private final List<Seat> toOpen = new ArrayList<>();
    private CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
    private int opening;
    private int alive;
    private boolean closing;
    private @Nullable Book book;

    /** The ledger of the current window. */
    private record Book(Ledger ledger, Histogram latencies, Runnable onComplete) {}

    public Crowd(EventLoop loop) {
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                });
    }

    /** Opens sockets for these seats, a few at a time; completes when all are ready. */
    CompletableFuture<Void> open(List<Seat> seats) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            opened = done;
            toOpen.addAll(seats.reversed());
            for (int i = 0; i < AT_ONCE; i++) {
                openNext();
            }
        });
        return done;
    }

    private void openNext() {
        if (toOpen.isEmpty()) {
            if (opening == 0) {
                opened.complete(null);
            }
            return;
        }
        Seat seat = toOpen.removeLast();
        Client client = new Client(this, seat);
        clients.add(client);
        opening++;
        bootstrap.clone().handler(client).connect("127.0.0.1", seat.port()).addListener(connected -> {
            if (connected.isSuccess()) {
                alive++;
            } else {
                onFailure(String.valueOf(connected.cause()));
            }
        });
    }

    void onReady() {
        opening--;
        openNext();
    }

    void onFailure(String why) {
        if (!closing) {
            opened.completeExceptionally(new IllegalStateException("A socket failed: " + why));
        }
    }

    void onGone(boolean wasReady) {
        alive--;
        if (!closing && !wasReady) {
            onFailure("it was closed");
        }
    }

    /** Number of connections. */
    public int alive() {
        return loop.submit(() -> alive).syncUninterruptibly().getNow();
    }

    /** Records all deliveries from now on; {@code onComplete} runs when an event has reached everybody. */
    void follow(Ledger ledger, Histogram latencies, Runnable onComplete) {
        book = new Book(ledger, latencies, onComplete);
        clients.forEach(client -> client.follow(ledger.cursor(client.room())));
    }

    void received(Cursor cursor, int number, long sentNanos) {
        Book open = book;
        if (open != null) {
            boolean complete = open.ledger.received(cursor, number);
            open.latencies.recordValue(Math.max(0, System.nanoTime() - sentNanos));
            if (complete) {
                open.onComplete.run();
            }
        }
    }

    /** Closes and removes all sockets. */
    void close() {
        loop.submit(() -> {
                    closing = true;
                    clients.forEach(Client::close);
                    clients.clear();
                })
                .syncUninterruptibly();
    }
}
