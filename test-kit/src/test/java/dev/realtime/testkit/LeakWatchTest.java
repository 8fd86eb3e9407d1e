package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

/** The watch that the other tests rely on does see a lost buffer. */
class LeakWatchTest {

    /** The build's flag, without which only the classes with a watch would be watched. */
    @Test
    void theWholeRunIsWatched() {
        assertThat(System.getProperty("io.netty.leakDetection.level")).isEqualTo("paranoid");
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void aLostBufferIsReported() {
        LeakWatch watch = new LeakWatch();
        watch.beforeAll(null);
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        lose();
        watch.collect();
        assertThat(watch.reports()).isNotEmpty();
        watch.reports().clear();
        watch.afterAll(null);
    }

    private static void lose() {
        for (int i = 0; i < 10; i++) {
            ByteBufAllocator.DEFAULT.directBuffer(64).writeLong(i);
        }
    }
}
