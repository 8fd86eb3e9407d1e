package dev.realtime.devredis;

import java.io.IOException;

/**
 * A redis-server that runs and answers, on 127.0.0.1.
 *
 * @param port on loopback
 * @param password of its default user
 * @param pid its process id
 * @param adopted whether it was already running
 * @param program its version and path, for people
 */
public record RunningRedis(int port, String password, long pid, boolean adopted, String program) {

    ProcessHandle process() throws IOException {
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("the embedded Redis has exited"));
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port + ", process " + pid;
    }
}
