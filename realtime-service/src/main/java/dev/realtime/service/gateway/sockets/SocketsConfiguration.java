package dev.realtime.service.gateway.sockets;

import dev.realtime.service.gateway.server.EngineProperties;
import dev.realtime.service.gateway.server.SocketProperties;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.socketio.server.SocketIo;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the service's one namespace, and the threads that handle its sockets' packets. */
@Configuration(proxyBeanMethods = false)
class SocketsConfiguration {

    @Bean(destroyMethod = "close")
    ExecutorService socketExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("socket-", 0).factory());
    }

    @Bean
    Namespaces namespaces(
            ExecutorService socketExecutor, IdentityGate gate, SocketListeners listeners, ConfirmListener confirms) {
        return new Namespaces(socketExecutor).open("/", gate, listeners, confirms);
    }

    @Bean
    SessionOpener sessionOpener(
            Namespaces namespaces,
            SocketProperties properties,
            EngineProperties engine,
            ExecutorService socketExecutor,
            ClosePolicy closes) {
        return new SocketIo(namespaces, properties.settings(), engine.settings(), socketExecutor, closes);
    }
}
