package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tracks every buffer while a test class runs and fails it when one was lost. */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    @Override
    public void beforeAll(ExtensionContext context) {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        // What earlier classes lost is theirs.
        collect();
        // Not by the log: starting a Spring application resets it.
        ByteBufUtil.setLeakListener((type, records) -> reports.add(type + " " + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        collect();
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(before);
        assertThat(reports).as("lost buffers").isEmpty();
    }

    Queue<String> reports() {
        return reports;
    }

    /** The detector reports what was collected when the next buffer is allocated. */
    void collect() {
        for (int round = 0; round < 3; round++) {
            WeakReference<Object> marker = new WeakReference<>(new Object());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return marker.get() == null;
            });
            for (int i = 0; i < 64; i++) {
                ByteBuf direct = PooledByteBufAllocator.DEFAULT.directBuffer(16);
                direct.release();
                io.netty.buffer.ByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
    }
}
