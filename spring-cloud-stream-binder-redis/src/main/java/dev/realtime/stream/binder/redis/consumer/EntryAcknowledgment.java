package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamAcknowledgment;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.messaging.Message;

/** Lets the application acknowledge an entry or a batch. Only the first call has an effect. */
final class EntryAcknowledgment implements StreamAcknowledgment {

    /** The actions behind the statuses. */
    interface Actions {

        /** The entry was handled. */
        void accept();

        /** The entry failed, or will never be handled. */
        void fail(Throwable failure);

        /** The entry should be delivered again. */
        void requeue();
    }

    private final Actions actions;
    private final boolean tellsTheOutcome;
    private boolean acknowledged;
    private boolean autoAck = true;

    EntryAcknowledgment(Actions actions) {
        this(actions, false);
    }

    /** @param tellsTheOutcome whether only the acknowledgement tells that the message was handled */
    EntryAcknowledgment(Actions actions, boolean tellsTheOutcome) {
        this.actions = actions;
        this.tellsTheOutcome = tellsTheOutcome;
    }

    /** Whether a message that was handed over counts as handled when it is acknowledged, not before. */
    static boolean tellsTheOutcome(Message<?> message) {
        return StaticMessageHeaderAccessor.getAcknowledgmentCallback(message) instanceof EntryAcknowledgment mine
                && mine.tellsTheOutcome;
    }

    @Override
    public synchronized void acknowledge(Status status) {
        if (acknowledged) {
            return;
        }
        switch (status) {
            case ACCEPT -> actions.accept();
            case REJECT -> actions.fail(new RejectedByApplicationException());
            case REQUEUE -> actions.requeue();
        }
        acknowledged = true;
    }

    @Override
    public synchronized void fail(Throwable failure) {
        if (!acknowledged) {
            actions.fail(failure);
            acknowledged = true;
        }
    }

    @Override
    public synchronized boolean isAcknowledged() {
        return acknowledged;
    }

    @Override
    public synchronized void noAutoAck() {
        autoAck = false;
    }

    @Override
    public synchronized boolean isAutoAck() {
        return autoAck;
    }
}
