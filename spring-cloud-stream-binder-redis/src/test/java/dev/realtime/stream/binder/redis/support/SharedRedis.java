package dev.realtime.stream.binder.redis.support;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, emptied before each. */
public final class SharedRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private RedisProcess process;

    @Override
    public void beforeAll(ExtensionContext context) {
        process = RedisProcess.volatileServer();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        process.command("FLUSHALL");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        process.close();
    }

    public int port() {
        return process.port();
    }

    public String command(String... words) {
        return process.command(words);
    }

    public List<String> payloads(String stream) {
        return process.payloads(stream);
    }
}
