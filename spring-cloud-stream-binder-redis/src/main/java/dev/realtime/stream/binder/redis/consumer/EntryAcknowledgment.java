package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamAcknowledgment;

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
