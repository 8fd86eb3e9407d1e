package dev.realtime.service.gateway;

import dev.realtime.socketio.conformance.BeforeIdentityConformanceTest;
import dev.realtime.socketio.conformance.EngineIoCloseConformanceTest;
import dev.realtime.socketio.conformance.EngineIoHandshakeConformanceTest;
import dev.realtime.socketio.conformance.EngineIoHeartbeatConformanceTest;
import dev.realtime.socketio.conformance.EngineIoPollingConformanceTest;
import dev.realtime.socketio.conformance.EngineIoUpgradeConformanceTest;
import dev.realtime.socketio.conformance.EngineIoV3ConformanceTest;
import dev.realtime.socketio.conformance.EngineIoWebSocketConformanceTest;
import dev.realtime.socketio.conformance.SocketIoConnectConformanceTest;
import dev.realtime.socketio.conformance.SocketIoPacketConformanceTest;
import dev.realtime.socketio.conformance.SocketIoV4ConformanceTest;
import org.junit.jupiter.api.Nested;

/** What the protocols' texts ask of a server, asked of the gateway behind the service's front door: {@link ServiceSubject}. */
class ServiceConformanceTest {

    @Nested
    class BeforeIdentity extends BeforeIdentityConformanceTest {
        BeforeIdentity() throws Exception {}
    }

    @Nested
    class EngineIoClose extends EngineIoCloseConformanceTest {}

    @Nested
    class EngineIoHandshake extends EngineIoHandshakeConformanceTest {}

    @Nested
    class EngineIoHeartbeat extends EngineIoHeartbeatConformanceTest {}

    @Nested
    class EngineIoPolling extends EngineIoPollingConformanceTest {
        EngineIoPolling() throws Exception {}
    }

    @Nested
    class EngineIoUpgrade extends EngineIoUpgradeConformanceTest {
        EngineIoUpgrade() throws Exception {}
    }

    @Nested
    class EngineIoV3 extends EngineIoV3ConformanceTest {}

    @Nested
    class EngineIoWebSocket extends EngineIoWebSocketConformanceTest {
        EngineIoWebSocket() throws Exception {}
    }

    @Nested
    class SocketIoConnect extends SocketIoConnectConformanceTest {
        SocketIoConnect() throws Exception {}
    }

    @Nested
    class SocketIoPacket extends SocketIoPacketConformanceTest {
        SocketIoPacket() throws Exception {}
    }

    @Nested
    class SocketIoV4 extends SocketIoV4ConformanceTest {}
}
