package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.SessionBudget;
import dev.realtime.socketio.protocol.PacketDecoder;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.protocol.SocketPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a client's messages from the event loop through the connection's mailbox to the packet decoder. A message's
 * bytes are taken from the session's budget on arrival and returned when its packet has been handled.
 */
final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final SocketConnection connection;
    private final Mailbox mailbox;
    private final PacketDecoder decoder;
    private final SessionBudget budget;

    /** Bytes of a packet whose attachments are incomplete. Accessed only in the connection's turn. */
    private int heldBytes;

    /**
     * Messages after one that was dropped for lack of room cannot be decoded. Accessed only on the event loop that
     * receives them.
     */
    private boolean deaf;

    Intake(SocketConnection connection, Mailbox mailbox, PacketDecoder decoder, SessionBudget budget) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.decoder = decoder;
        this.budget = budget;
    }

    /** Takes a message; on the event loop. */
    void take(byte[] message, boolean binary) {
        if (deaf) {
            return;
        }
        Incoming incoming = new Incoming(message, binary);
        if (!budget.take(incoming.bytes())) {
            deaf = true;
            connection.close(CloseCause.TOO_MUCH_DATA);
        } else if (!mailbox.post(incoming)) {
            deaf = true;
            budget.give(incoming.bytes());
            connection.close(CloseCause.TOO_MANY_MESSAGES);
        }
    }

    /** Drops the waiting messages. */
    void drop() {
        budget.give(mailbox.dropMessages());
    }

    /** A message on its way through the mailbox. */
    private final class Incoming implements Mailbox.Message {

        /** What a message costs besides its bytes. */
        private static final int OVERHEAD = 128;

        private final byte[] message;
        private final boolean binary;

        Incoming(byte[] message, boolean binary) {
            this.message = message;
            this.binary = binary;
        }

        @Override
        public int bytes() {
            return message.length + OVERHEAD;
        }

        @Override
        public void run() {
            heldBytes += bytes();
            try {
                if (!connection.hasEnded()) {
                    decode();
                }
            } finally {
                if (connection.hasEnded() || !decoder.isWaiting()) {
                    budget.give(heldBytes);
                    heldBytes = 0;
                }
            }
        }

        private void decode() {
            try {
                SocketPacket packet = binary ? decoder.onBinary(message) : decoder.onText(message);
                if (packet != null) {
                    connection.handle(packet);
                }
            } catch (ProtocolException e) {
                log.debug("Closing a connection after a protocol error: {}", e.getMessage());
                connection.closeInTurn(CloseCause.PROTOCOL_ERROR);
            }
        }
    }
}
