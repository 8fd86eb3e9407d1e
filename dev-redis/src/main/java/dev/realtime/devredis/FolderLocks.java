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
 * Locks between the processes that share a data folder. The operating system releases them when the process ends,
 * however it ends, so no stale lock is left.
 *
 * <p>{@code lock} is held exclusively and briefly, by a process that changes something. {@code users.lock} is held
 * shared by every process that uses the embedded Redis, for as long as it uses it.
 */
public final class FolderLocks {

    private static final String CHANGES = "lock";
    private static final String USERS = "users.lock";

    /**
     * File locks belong to the process, not to a thread, and closing one channel of a file drops them all: hence one at
     * a time.
     */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private static final Map<Path, Use> USES = new HashMap<>();

    private FolderLocks() {}

    /** The process's one shared lock on a folder, used by all contexts in the process. */
    private static final class Use {

        private final FileChannel channel;
        private int count = 1;

        Use(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** A change that needs exclusive access to the folder. */
    @FunctionalInterface
    public interface Change<T extends @Nullable Object> {

        T run() throws IOException;
    }

    /** Runs the change while no other process or thread runs one; waits for those that do. */
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

    /** Takes a share; call only within {@link #changing}. */
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

    /** Returns the share; call only within {@link #changing}. */
    static void release(DataFolder folder) throws IOException {
        Use use = USES.get(folder.path());
        if (use != null && --use.count == 0) {
            USES.remove(folder.path());
            use.channel.close();
        }
    }

    /** Whether any process has a share, this one included; call only within {@link #changing}. */
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
