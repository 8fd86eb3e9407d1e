package dev.realtime.devredis;

import dev.realtime.launch.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Locks between the processes that share a data folder. The operating system drops them with the process, however it
 * ends, so none is ever left behind.
 *
 * <p>{@code lock} is held for moments, by who changes something. {@code users.lock} is held shared by everybody who
 * uses the embedded Redis, for as long as they use it.
 */
public final class FolderLocks {

    private static final String CHANGES = "lock";
    private static final String USERS = "users.lock";

    /** Locks are a process's, not a thread's, and closing one channel of a file drops all of them: so one at a time. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private static final Map<Path, Use> USES = new HashMap<>();

    private FolderLocks() {}

    /** One process's shared lock, however many contexts in it use the folder. */
    private static final class Use {

        private final FileChannel channel;
        private int count = 1;

        Use(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** What is done while nobody else changes the folder. */
    @FunctionalInterface
    public interface Change<T extends @Nullable Object> {

        /** Does it. */
        T run() throws IOException;
    }

    /** Does it while no other process and no other thread does. Waits for them. */
    public static <T extends @Nullable Object> T changing(DataFolder folder, Change<T> change) throws IOException {
        WITHIN_PROCESS.lock();
        try (FileChannel channel = open(folder.resolve(CHANGES));
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            return change.run();
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    /** Takes a share; call it within {@link #changing}. */
    static void use(DataFolder folder) throws IOException {
        Use use = USES.get(folder.path());
        if (use != null) {
            use.count++;
            return;
        }
        FileChannel channel = open(folder.resolve(USERS));
        try {
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        USES.put(folder.path(), new Use(channel));
    }

    /** Gives the share back; call it within {@link #changing}. */
    static void release(DataFolder folder) throws IOException {
        Use use = USES.get(folder.path());
        if (use != null && --use.count == 0) {
            USES.remove(folder.path());
            use.channel.close();
        }
    }

    /** Whether anybody has a share, this process included; call it within {@link #changing}. */
    static boolean used(DataFolder folder) throws IOException {
        if (USES.containsKey(folder.path())) {
            return true;
        }
        try (FileChannel channel = open(folder.resolve(USERS));
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                DataFolder.attributes(DataFolder.OWNER_FILE));
    }
}
