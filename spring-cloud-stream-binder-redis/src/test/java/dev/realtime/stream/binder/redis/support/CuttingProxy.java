package dev.realtime.stream.binder.redis.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A proxy between a client and Redis that resets connections, with or without passing on the last replies. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> deaf = ConcurrentHashMap.newKeySet();
    private volatile boolean dropReplies;
    private volatile boolean refuse;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long delayNanos;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong replied = new AtomicLong();
    /** Bytes of replies until all connections are closed; negative for no limit. */
    private final AtomicLong untilCut = new AtomicLong(-1);

    public CuttingProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Resets every connection. */
    public void cut() {
        sockets.forEach(CuttingProxy::reset);
        sockets.clear();
        dropReplies = false;
    }

    /** Closes every connection after so many more bytes of replies, which is most likely within a reply. */
    public void cutAfter(long replyBytes) {
        untilCut.set(replyBytes);
    }

    /** Commands still reach Redis, but replies are lost. Ends with the next cut. */
    public void dropReplies() {
        dropReplies = true;
    }

    /** Drops the replies of existing connections; new ones work. */
    public void deafen() {
        deaf.addAll(sockets);
    }

    /** Whether new connections are closed at once. */
    public void refuse(boolean refuse) {
        this.refuse = refuse;
    }

    /** How fast the replies of one connection arrive; nothing limits it by default. */
    public void throttle(long replyBytesPerSecond) {
        this.bytesPerSecond = replyBytesPerSecond;
    }

    /** How much later each reply arrives. */
    public void delay(Duration later) {
        this.delayNanos = later.toNanos();
    }

    /** Number of connections so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Number of bytes of replies passed on so far. */
    public long replied() {
        return replied.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                if (refuse) {
                    reset(client);
                    continue;
                }
                Socket redis = connect(client);
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(redis);
                Thread.startVirtualThread(() -> pump(client, redis, false));
                Thread.startVirtualThread(() -> pump(redis, client, true));
            } catch (IOException closedOrRefused) {
                // Wait for the next connection.
            }
        }
    }

    private Socket connect(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException refused) {
            reset(client);
            throw refused;
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length; (length = in.read(buffer)) >= 0; ) {
                if (!replies) {
                    out.write(buffer, 0, length);
                } else if (!dropReplies && !deaf.contains(to)) {
                    passOn(buffer, length, out);
                }
            }
        } catch (IOException cut) {
            // Expected: the proxy resets connections.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void passOn(byte[] reply, int all, OutputStream out) throws IOException {
        LockSupport.parkNanos(delayNanos);
        long left = untilCut.get();
        boolean last = left >= 0 && left < all;
        int length = last ? (int) left : all;
        if (left >= 0) {
            untilCut.set(last ? -1 : left - all);
        }
        send(reply, length, out);
        if (last) {
            // The client sees a part of the reply and then the end.
            sockets.forEach(CuttingProxy::end);
            sockets.clear();
        }
    }

    private void send(byte[] reply, int length, OutputStream out) throws IOException {
        int sent = 0;
        while (sent < length) {
            // Twenty pieces a second.
            int piece = (int) Math.clamp(bytesPerSecond / 20, 1, length - sent);
            out.write(reply, sent, piece);
            replied.addAndGet(piece);
            sent += piece;
            if (bytesPerSecond != Long.MAX_VALUE) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(piece) / bytesPerSecond);
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // Already closed.
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // Already closed.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
