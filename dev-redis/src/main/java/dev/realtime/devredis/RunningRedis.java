package dev.realtime.devredis;

import java.io.IOException;

/**
 * A redis-server that runs and answers, on 127.0.0.1.
 *
 * @param port on loopback
 * @param password of its default user
 * @param pid its process
 * @param adopted whether it was found running
 * @param program its version and where it is, for a person
 */
public record RunningRedis(int port, String password, long pid, boolean adopted, String program) {

    ProcessHandle process() throws IOException {
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("the embedded Redis has ended"));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port + ", process " + pid;
    }
}
