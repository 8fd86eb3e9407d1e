package dev.realtime.socketio.server;

import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import com.corundumstudio.socketio.scheduler.SchedulerKey;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The timeouts of acknowledgements that clients owe the server. Expired tasks run on the executor, never on the timer's
 * thread.
 */
final class AckTimer implements CancelableScheduler {

    private final HashedWheelTimer wheel = new HashedWheelTimer(new DefaultThreadFactory("ack-timer", true));
    private final Map<SchedulerKey, Timeout> timeouts = new ConcurrentHashMap<>();
    private final Executor executor;

    AckTimer(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void update(ChannelHandlerContext ctx) {
        // Unneeded: the stock scheduler runs tasks on the context's channel, this one on the executor.
    }

    @Override
    public void cancel(SchedulerKey key) {
        Timeout timeout = timeouts.remove(key);
        if (timeout != null) {
            timeout.cancel();
        }
    }

    @Override
    public void scheduleCallback(SchedulerKey key, Runnable task, long delay, TimeUnit unit) {
        schedule(key, task, delay, unit);
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        wheel.newTimeout(fired -> executor.execute(task), delay, unit);
    }

    @Override
    public void schedule(SchedulerKey key, Runnable task, long delay, TimeUnit unit) {
        timeouts.put(
                key,
                wheel.newTimeout(
                        fired -> {
                            timeouts.remove(key, fired);
                            executor.execute(task);
                        },
                        delay,
                        unit));
    }

    @Override
    public void shutdown() {
        wheel.stop();
    }
}
