package dev.realtime.socketio.engine.session;

/** For tests of what is below the messages. */
public class DeafListener implements SessionListener {

    @Override
    public void onText(byte[] utf8) {}

    @Override
    public void onBinary(byte[] bytes) {}

    @Override
    public void onOverflow() {}

    @Override
    public void onFlood() {}

    @Override
    public void onTooMuchData() {}

    @Override
    public void onEnd(EndReason reason) {}
}
