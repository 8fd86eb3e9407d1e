package dev.realtime.stream.binder.redis.consumer;

import org.springframework.integration.acks.AcknowledgmentCallback;

/** Lets the application say what becomes of what it was handed. Only the first word counts. */
final class EntryAcknowledgment implements AcknowledgmentCallback {

    /** What the words mean. */
    interface Actions {

        /** It was handled. */
        void accept();

        /** It will never be handled. */
        void reject();

        /** It should come again. */
        void requeue();
    }

    private final Actions actions;
    private boolean acknowledged;
    private boolean autoAck = true;

    EntryAcknowledgment(Actions actions) {
        this.actions = actions;
    }

    @Override
    public synchronized void acknowledge(Status status) {
        if (acknowledged) {
            return;
        }
        switch (status) {
            case ACCEPT -> actions.accept();
            case REJECT -> actions.reject();
            case REQUEUE -> actions.requeue();
        }
        acknowledged = true;
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
