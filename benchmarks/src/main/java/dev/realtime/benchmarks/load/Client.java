package dev.realtime.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One socket: connects, authenticates, joins its room, answers pings, and passes on deliveries. */
final class Client extends ChannelInboundHandlerAdapter implements FrameReader.Sink {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] CONNECTED = "42[\"connected\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JOINED = "430[{\"success\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "42[".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        UPGRADING,
        OPENING,
        IDENTIFYING,
        JOINING,
        READY
    }

    private final Crowd crowd;
    private final Seat seat;
    private final FrameReader frames = new FrameReader();
    private State state = State.UPGRADING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Cursor cursor;

    Client(Crowd crowd, Seat seat) {
        this.crowd = crowd;
        this.seat = seat;
    }

    int room() {
        return seat.room();
    }

    /** Sets the ledger of further deliveries. */
    void follow(@Nullable Cursor next) {
        cursor = next;
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        String request = "GET " + seat.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + seat.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Agent: benchmarks\r\n\r\n";
        ctx.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf came = (ByteBuf) message;
        try {
            if (state != State.UPGRADING || upgraded(came)) {
                frames.read(came, this);
            }
        } finally {
            came.release();
        }
    }

    /** Reads the answer to the upgrade, which arrives in one piece. */
    private boolean upgraded(ByteBuf came) {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD), came);
        String head = came.toString(StandardCharsets.US_ASCII);
        if (end < 0 || !head.startsWith("HTTP/1.1 101")) {
            fail("the upgrade was answered " + head.lines().findFirst().orElse("with nothing"));
            return false;
        }
        came.readerIndex(end + END_OF_HEAD.length);
        if (seat.token() == null) {
            ready();
        } else {
            state = State.OPENING;
        }
        return true;
    }

    @Override
    public void onFrame(int opcode, ByteBuf buffer, int index, int length) {
        if (opcode == TEXT) {
            if (Stamp.isAt(buffer, index, length)) {
                if (cursor != null) {
                    crowd.received(cursor, Stamp.number(buffer, index), Stamp.nanos(buffer, index));
                }
            } else if (length == 1 && buffer.getByte(index) == '2') {
                send(TEXT, "3");
            } else {
                step(buffer, index, length);
            }
        } else if (opcode == PING) {
            send(PONG, buffer.toString(index, length, StandardCharsets.UTF_8));
        } else if (opcode == CLOSE) {
            fail("the server closed the WebSocket");
        }
    }

    private void step(ByteBuf buffer, int index, int length) {
        switch (state) {
            case OPENING -> {
                state = State.IDENTIFYING;
                send(TEXT, "40{\"token\":\"" + seat.token() + "\"}");
            }
            case IDENTIFYING -> {
                if (begins(CONNECTED, buffer, index, length)) {
                    if (seat.join() == null) {
                        ready();
                    } else {
                        state = State.JOINING;
                        send(TEXT, "420[\"join-room\",{\"room\":\"" + seat.join() + "\"}]");
                    }
                } else if (buffer.getByte(index + 1) == '4') {
                    fail("refused: " + buffer.toString(index, length, StandardCharsets.UTF_8));
                }
            }
            case JOINING -> {
                if (begins(JOINED, buffer, index, length)) {
                    ready();
                } else if (!begins(EVENT, buffer, index, length)) {
                    // Events may arrive before the acknowledgement: positions, and who is online.
                    fail("not joined: " + buffer.toString(index, length, StandardCharsets.UTF_8));
                }
            }
            default -> {}
        }
    }

    private static boolean begins(byte[] opening, ByteBuf buffer, int index, int length) {
        return length >= opening.length
                && ByteBufUtil.equals(Unpooled.wrappedBuffer(opening), 0, buffer, index, opening.length);
    }

    /** A client's frame, masked with zeros. */
    private void send(int opcode, String text) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = ctx.alloc().buffer(payload.length + 8).writeByte(0x80 | opcode);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        ctx.writeAndFlush(frame.writeInt(0).writeBytes(payload), ctx.voidPromise());
    }

    private void ready() {
        state = State.READY;
        crowd.onReady();
    }

    private void fail(String why) {
        crowd.onFailure(why);
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        crowd.onGone(state == State.READY);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        crowd.onFailure(String.valueOf(cause));
        ctx.close();
    }
}
